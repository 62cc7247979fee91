import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  aggregate,
  decideAward,
  letterOf,
  once,
  type Play,
  publishCandidates,
  reviewBids,
  scoreBids,
  seat,
  signReport,
  untilEvaluating,
} from '@app/testing/play';
import { openedBidders, owed, resultOf } from '../index.js';
import { validityOf } from '../review/index.js';

const LATER = '2026-12-01T16:00:00.000Z';
/** Everything is scored, and nothing added up. */
const scored = once((): Play => {
  const play = seat(TV_E2E_01);
  untilEvaluating(play);
  reviewBids(play);
  for (const part of ['technical', 'commercial'] as const) scoreBids(play, part);
  return play;
});
/** Party → rank and total. */
const ranks = ({ table }: Play): Record<string, [number, string]> =>
  Object.fromEntries((resultOf(table.state)?.rows ?? []).map(({ party, rank, total }) => [party, [rank, total]]));
const ask = ({ table }: Play, until = LATER, party = 'tenderer') =>
  table.answer(party, 'award.ask-validity', { until, reason: '评标时间延长' });
const asked = ({ table }: Play, party: string): string[] =>
  owed(table.state, party).flatMap(({ command, until }) => (command === 'award.extend-validity' ? [until ?? ''] : []));
/** The bids' own end passes, and these have not agreed to a later one. */
function lapsed(play: Play, silent: readonly string[]): string {
  const { table } = play;
  const end = validityOf(table.state, silent[0] ?? 'bidder-1')?.at ?? '';
  for (const bidder of openedBidders(table.state).filter((one) => !silent.includes(one)))
    table.act(bidder, 'award.extend-validity', { until: LATER });
  table.waitUntil(end);
  return end;
}

describe('A7 a bid that ends during the evaluation (条例 25)', () => {
  it('A7 has no rank: whoever stood behind it moves up with the same total, and the table says when it ended', () => {
    const whole = scored();
    aggregate(whole);
    const before = ranks(whole);
    const play = scored();
    const end = lapsed(play, ['bidder-2']);
    aggregate(play);
    expect(before['bidder-2']?.[0]).toBe(1);
    const moved = Object.entries(before).filter(([party]) => party !== 'bidder-2');
    expect(ranks(play)).toEqual(Object.fromEntries(moved.map(([party, [rank, total]]) => [party, [rank - 1, total]])));
    expect(resultOf(play.table.state)).toMatchObject({ expired: [{ party: 'bidder-2', until: end }] });
    expect(resultOf(whole.table.state)).not.toHaveProperty('expired');
    signReport(play);
    publishCandidates(play);
    expect(play.table.state.award.publicity?.candidates.map(({ bidder }) => bidder)).not.toContain('bidder-2');
    const first = Object.keys(ranks(play)).find((party) => ranks(play)[party]?.[0] === 1) ?? '';
    decideAward(play, letterOf(play, first));
    play.table.act('tenderer', 'award.announce');
    const notice = play.table.entries.at(-1)?.parts['d:notice:bidder-2'];
    expect(notice).toMatchObject({ kind: 'RESULT_NOTICE', own: null, rejected: null, expired: end });
  });

  it('A7 is ranked until the instant of its end, and not from then on', () => {
    const early = scored();
    early.table.waitUntil(new Date(Date.parse(validityOf(early.table.state, 'bidder-2')?.at ?? '') - 1).toISOString());
    aggregate(early);
    expect(Object.keys(ranks(early))).toContain('bidder-2');
  });

  it('A7 ends no lot: where every bid has ended nothing is ranked, and the refusal says what is left', () => {
    const play = scored();
    lapsed(play, openedBidders(play.table.state));
    const prepared = play.table.prepare('node:main', 'scoring.aggregate');
    expect(play.table.run.decide(prepared, prepared.context)).toMatchObject({
      code: 'E_BID_EXPIRED',
      message: expect.stringMatching(/lot\.fail/),
    });
    expect(ask(play)).toBe('E_DEADLINE_PASSED');
  });

  it('A7 is asked for a later end by its tenderer (12号令 40): each bidder that still binds owes its own word, and silence is no', () => {
    const play = scored();
    const { table } = play;
    const end = validityOf(table.state, 'bidder-1')?.at ?? '';
    expect(ask(play, LATER, 'bidder-1')).toBe('FORBIDDEN');
    expect(ask(play, end)).toBe('E_INPUT');
    expect(asked(play, 'bidder-1')).toEqual([]);
    expect(ask(play)).toBe('OK');
    expect([asked(play, 'bidder-1'), asked(play, 'bidder-2'), asked(play, 'tenderer')]).toEqual([[end], [end], []]);
    table.act('bidder-1', 'award.extend-validity', { until: LATER });
    expect(asked(play, 'bidder-1')).toEqual([]);
    table.waitUntil(end);
    expect(table.answer('bidder-2', 'award.extend-validity', { until: LATER })).toBe('E_DEADLINE_PASSED');
    aggregate(play);
    expect(asked(play, 'bidder-2')).toEqual([]);
    expect(Object.keys(ranks(play))).toEqual(['bidder-1']);
  });
});
