import { EngineShelf, type OrderKind } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { createLot, publishKeys, publishLot, seat, untilLocked, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { openFaults, openKinds, orderAct, ordersGiven, supervisorAmong } from '../src/areas/lot/model/orders.js';
import type { WrongEntry } from '@app/verifying';

const { all } = await openCheckedShelf();
const FAULT = { entry: 0, check: 'decide' as const };

function published(): Play {
  const play = seat(TV_E2E_01);
  createLot(play);
  publishKeys(play);
  publishLot(play);
  return play;
}
/** What the rules say of an order as the form sends it; null: they take it. */
const refusal = ({ table }: Play, kind: OrderKind, fault = kind === 'TOLERATE_FAULT' ? FAULT : null) =>
  table.refusal('supervisor', 'lot.order', orderAct(kind, '核查', fault).payload);
const give = (play: Play, kind: OrderKind, fault = kind === 'TOLERATE_FAULT' ? FAULT : null): number =>
  play.table.act('supervisor', 'lot.order', orderAct(kind, '核查', fault).payload);

describe('orders that the supervisor is offered', () => {
  it('are those that the rules take while the lot stands so, each in the form that they take', () => {
    const play = published();
    const standing: readonly OrderKind[] = ['UNSEAL_IDENTITIES', 'DEGRADED_QUORUM', 'TOLERATE_FAULT'];
    const offered = (): readonly OrderKind[] => {
      const kinds = openKinds(play.table.run);
      expect(kinds.map((kind) => refusal(play, kind))).toEqual(kinds.map(() => null));
      return kinds;
    };
    expect(offered()).toEqual(['PAUSE', 'PRESERVE_EVIDENCE', ...standing]);
    give(play, 'PRESERVE_EVIDENCE');
    expect(offered()).toEqual(['PAUSE', 'RELEASE_EVIDENCE', ...standing]);
    give(play, 'PAUSE');
    expect(offered()).toEqual(['RESUME', 'RELEASE_EVIDENCE', ...standing]);
    give(play, 'RESUME');
    expect(offered()).toEqual(['PAUSE', 'RELEASE_EVIDENCE', ...standing]);
  });

  it('are none of a draft, and the supervisor is the one of my parties that the lot admitted as such', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    expect(openKinds(play.table.run)).toEqual([]);
    expect(supervisorAmong(play.table.state, ['witness-main', 'supervisor'])).toBe('supervisor');
    expect(supervisorAmong(play.table.state, ['agency', 'nobody'])).toBeNull();
  });

  it.each(['0.1.0', '0.2.0'])('of a lot of engine %s are those that it knows, in its own form', (version) => {
    const founding = all.find(({ engine }) => engine.version === version);
    if (founding === undefined) throw new Error(`no engine ${version}`);
    const play = seat(TV_E2E_02, 1, { shelf: new EngineShelf(all), founding });
    untilLocked(play);
    const kinds = openKinds(play.table.run);
    expect(kinds).toEqual(['PAUSE', 'PRESERVE_EVIDENCE', 'UNSEAL_IDENTITIES', 'DEGRADED_QUORUM']);
    expect(kinds.map((kind) => refusal(play, kind))).toEqual([null, null, null, null]);
  });

  it('name a fault that the judge found and that no order lets pass yet', () => {
    const play = published();
    const faults: readonly WrongEntry[] = [
      { seq: 0, check: 'decide', detail: 'entry 0 (lot.create): …' },
      { seq: 0, check: 'evolve', detail: 'entry 0 (lot.create): …' },
      { seq: 1, check: 'decide', detail: 'entry 1 (lot.admit): …' },
    ];
    expect(openFaults(play.table.state, faults)).toEqual(faults);
    give(play, 'TOLERATE_FAULT');
    expect(openFaults(play.table.state, faults)).toEqual(faults.slice(1));
  });
});

describe('orders on the record', () => {
  it('stand with the newest first, each with its entry', () => {
    const play = published();
    const first = give(play, 'PRESERVE_EVIDENCE');
    const second = give(play, 'TOLERATE_FAULT');
    const given = ordersGiven(play.table.state, play.table.sent);
    expect(given.map(({ order: { kind, fault }, seq }) => [kind, fault, seq])).toEqual([
      ['TOLERATE_FAULT', FAULT, second],
      ['PRESERVE_EVIDENCE', null, first],
    ]);
  });
});
