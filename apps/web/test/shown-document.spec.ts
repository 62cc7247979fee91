import { canonicalText, type SentEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { committeeCommands } from '../src/areas/lot/commands/committee.js';
import { openingCommands } from '../src/areas/lot/commands/opening.js';
import { shownDocument } from '../src/areas/lot/model/shown-document.js';
import type { SignedDocument } from '../src/core/commands/command-record.js';

/** The log as a venue sends it. */
const sent = ({ table }: Play): SentEntry[] =>
  table.entries.map(({ header, parts }) => ({
    header,
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, value]) => [name, { salt: table.salt(`${header.seq}/${name}`), text: canonicalText(value) }]),
    ),
  }));
const documentOf = (type: string, state: LotState): SignedDocument => {
  const found = { ...committeeCommands, ...openingCommands }[type]?.document?.(state);
  if (found == null) throw new Error('no document');
  return found;
};
function withReport(): Play {
  const play = at(TV_E2E_01, 'aggregated');
  play.table.act('node:main', 'report.generate');
  return play;
}

describe('a document that is signed', () => {
  it('SEC-29 is signed by the hash that the client computes from the report it shows, which is the one the rules ask for', () => {
    const play = withReport();
    const { table } = play;
    const document = documentOf('report.sign', table.state);
    const shown = shownDocument(table.profile, sent(play), document);
    if (shown === null) throw new Error('not shown');
    expect(shown.text).toContain('"benchmark"');
    expect(shown.isNamed).toBe(true);
    expect(table.answer('expert-1', 'report.sign', { ...document.payload(shown.hash) })).toBe('OK');
  });
  it('SEC-29 the opening record likewise', () => {
    const play = at(TV_E2E_01, 'opened');
    const { table } = play;
    const document = documentOf('opening.sign-record', table.state);
    const shown = shownDocument(table.profile, sent(play), document);
    expect(shown).toMatchObject({ isNamed: true, hash: table.state.opening.record?.hash });
    expect(shown?.text).toContain('"confirmations"');
  });
  it.each(['report.sign', 'opening.sign-record'])(
    'SEC-29 %s: a venue that shows one document and names another gets no signature',
    (type) => {
      const play = withReport();
      const { table } = play;
      const document = documentOf(type, table.state);
      const entries = sent(play);
      const { header, parts } = entries[document.seq]!;
      const forged = { ...parts[document.part]!, text: parts[document.part]!.text.replace('9480000.00', '9480001.00') };
      const altered = entries.with(document.seq, { header, parts: { ...parts, [document.part]: forged } });
      const shown = shownDocument(table.profile, altered, document);
      expect(shown?.text).toContain('9480001.00');
      expect([shown?.isNamed, shown?.hash === document.named]).toEqual([false, false]);
      // And the hash that it hands over does not make another document fit.
      expect(shownDocument(table.profile, entries, { ...document, named: 'a'.repeat(64) })?.isNamed).toBe(false);
      expect(shownDocument(table.profile, entries.with(document.seq, { header, parts: {} }), document)).toBeNull();
    },
  );
});
