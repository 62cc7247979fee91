import { redact, view, type LotState } from '@app/evaluation';
import type { Viewer } from '@app/contracts';
import { TV_E2E_02 } from '@app/testing/lots';
import { at, type Play, startOpening } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { downloadRows } from '../src/areas/lot/model/download-rows.js';

const PUBLIC: Viewer = { party: null, roles: [] };
const viewer = (state: LotState, party: string): Viewer => ({ party, roles: state.parties[party]?.roles ?? [] });
const rowsFor = ({ table: { state } }: Play, who: Viewer) => downloadRows(view(state, who));

describe('the downloads of the tender document', () => {
  it('A-67 A-68 are each on the record with who, what and when, and told to nobody before the list of bids', () => {
    const play = at(TV_E2E_02, 'locked');
    const { table } = play;
    const officials = ['tenderer', 'agency', 'supervisor', 'witness-main', 'node:sub-1'];
    const names = play.desks.map(({ letter }) => `${letter}建设有限公司`);
    for (const who of [PUBLIC, ...officials.map((party) => viewer(table.state, party))]) {
      expect([who.party, rowsFor(play, who)]).toEqual([who.party, null]);
      // Neither names nor how many there are.
      const text = JSON.stringify(redact(table.entries, who, table.state));
      expect(names.filter((name) => text.includes(name))).toEqual([]);
      expect(text).not.toContain('"downloads":');
    }
    startOpening(play);
    for (const party of ['supervisor', 'tenderer', 'agency', 'node:sub-1']) {
      const rows = rowsFor(play, viewer(table.state, party)) ?? [];
      expect([party, rows.map(({ name, document }) => [name, document])]).toEqual([party, names.map((name) => [name, 0])]);
      expect(rows.map(({ at: taken }) => taken)).toEqual(rows.map(({ at: taken }) => taken).sort());
    }
    // Whoever keeps no share of the bids, and the public, are told how many there were.
    for (const who of [PUBLIC, viewer(table.state, 'witness-main')]) expect(rowsFor(play, who)).toBeNull();
    expect(JSON.stringify(redact(table.entries, PUBLIC, table.state))).toContain(`"downloads":${String(names.length)}`);
  });
});
