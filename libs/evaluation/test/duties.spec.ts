import { describe, expect, it } from '@jest/globals';
import type { VisibleEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { evolve, initialLotState, limits, nextOf, owed } from '@app/evaluation';
import { type LotPlan, SECURED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { playToTheEnd, seat } from '@app/testing/play';

interface Moment {
  readonly state: LotState;
  readonly next: VisibleEntry;
}
const played = new Map<string, Moment[]>();

/** Every state of a played lot with the act that came next. */
function moments(plan: LotPlan, winner: string): Moment[] {
  const known = played.get(plan.id);
  if (known !== undefined) return known;
  const play = seat(plan);
  playToTheEnd(play, winner);
  let state = initialLotState(play.table.state.origin, plan.id, 1);
  const all = play.table.entries.map((next) => {
    const before = state;
    state = evolve(state, next);
    return { state: before, next };
  });
  played.set(plan.id, all);
  return all;
}

/** Acts that nobody owes: rights, and what ends a lot. */
const FREE = ['lot.create', 'lot.admit', 'lot.publish', 'opening.sign-in', 'draw.request', 'award.record-contract', 'award.archive'];

describe.each([
  [TV_E2E_01, 'B'],
  [TV_E2E_02, 'C'],
  [SECURED, 'C'],
] as const)('duties of $id', (plan, winner) => {
  it('name every act of the play before it is done, for the party that does it', () => {
    const unforeseen = moments(plan, winner).flatMap(({ state, next }) => {
      const { header, parts } = next;
      const { command } = parts['command'] as { command: { actor: { party: string } } };
      if (FREE.includes(header.type)) return [];
      return owed(state, command.actor.party).some((duty) => duty.command === header.type) ? [] : [`${header.seq} ${header.type}`];
    });
    expect(unforeseen).toEqual([]);
  });

  it('always leave somebody with something to do until the contract', () => {
    const idle = moments(plan, winner).filter(({ state }) => {
      if (['DRAFT', 'OPENED', 'QUALIFICATION_BY_PURCHASER', 'AWARDED', 'CONTRACTED'].includes(state.status)) return false;
      return Object.keys(state.parties).every((party) => owed(state, party).length === 0);
    });
    expect(idle.map(({ next }) => `${next.header.seq} ${next.header.type}`)).toEqual([]);
  });

  it('freeze the list of candidates only when every nonce is sealed (domain.md §5.4)', () => {
    const early = moments(plan, winner).filter(({ state }) => {
      const { request, boxes } = state.draw;
      const isOwed = owed(state, 'node:main').some(({ command }) => command === 'draw.freeze-pool');
      return isOwed && request?.nonceParties.some((party) => boxes[party] === undefined) === true;
    });
    expect(early).toEqual([]);
  });

  it('show the limit that runs', () => {
    const shown = new Set(moments(plan, winner).map(({ state }) => nextOf(limits(state), [], state.at)?.name ?? null));
    for (const name of ['deadline', 'decryption', 'confirmation', 'report-signing', 'contract']) expect(shown).toContain(name);
  });
});
