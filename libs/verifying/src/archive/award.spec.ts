import { describe, expect, it } from '@jest/globals';
import type { LotState, Result } from '@app/evaluation';
import { drawPlaceOf, resultOf, standingBidders, view } from '@app/evaluation';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { aggregate, at, letterOf, type Play, scoreBids } from '@app/testing/play';
import { checkAward } from './award.js';

const LETTERS = ['A', 'B', 'C', 'D'];
const sameForAll = (value: string): Record<string, string[]> =>
  Object.fromEntries(LETTERS.map((letter) => [letter, TV_E2E_02.members.map(() => value)]));
/** Four suppliers whom neither score nor price tells apart. */
const TIED: LotPlan = {
  ...TV_E2E_02,
  id: 'TIED',
  bids: LETTERS.map((letter) => ({ letter, company: `供应商${letter}`, price: '1000000.00', duration: '30', lead: '某某' })),
  scores: {
    'technical-1': sameForAll('40'),
    'commercial-1': sameForAll('16'),
  },
};
const play = (): Play => at(TIED, 'reported');

/** The state with another table in the place of its own. */
function withResult(state: LotState, change: (result: Result) => Result): LotState {
  const result = resultOf(state);
  if (result === null || state.scoring.aggregated === null) throw new Error('no result');
  const key = `${state.scoring.aggregated.seq}/d:result`;
  return { ...state, disclosed: { ...state.disclosed, [key]: change(result) } };
}
/** The first two change places, with everything that says so. */
const swapped = ({ rows, candidates, ...rest }: Result): Result => {
  const [first, second, ...others] = rows;
  if (first === undefined || second === undefined) throw new Error('no rows');
  return {
    ...rest,
    rows: [{ ...second, rank: 1, rankedBy: null }, { ...first, rank: 2, rankedBy: 'draw' }, ...others],
    candidates: [second.party, first.party, ...candidates.slice(2)],
  };
};

describe('a result whose parts the document rounds (rules.rounding)', () => {
  it('is recomputed with the same rounding, and a mean that is rounded otherwise is found', () => {
    const scores = Object.fromEntries(LETTERS.map((letter) => [letter, TIED.members.map((_member, index) => (index < 3 ? '41' : '40'))]));
    const rules = { ...TIED.rules, rounding: { parts: 0 } };
    const plan: LotPlan = { ...TIED, scores: { ...TIED.scores, 'technical-1': scores }, rules };
    const { state } = at(plan, 'reported').table;
    const mean = resultOf(state)?.rows[0]?.parts['technical']?.exact;
    expect(mean).toMatch(/^\d+$/);
    expect(checkAward(state).result.verdict).toBe('PASS');
    const unrounded: LotState = { ...state, setup: { ...state.setup, rules: state.setup.rules && { ...state.setup.rules, rounding: {} } } };
    expect(checkAward(unrounded).result.first?.reason).toMatch(/the members' mean is/);
  });
});

describe('ties', () => {
  it('A6 the seed on the record ranks whom nothing else tells apart, and leaves three candidates and one first', () => {
    const { state } = play().table;
    const result = resultOf(state);
    const place = drawPlaceOf(state);
    const drawn = ['bidder-1', 'bidder-2', 'bidder-3', 'bidder-4'].sort((a, b) => ((place?.(a) ?? '') < (place?.(b) ?? '') ? -1 : 1));
    expect(result?.rows.map(({ party, rank, total, rankedBy }) => [party, rank, total, rankedBy])).toEqual(
      drawn.map((party, index) => [party, index + 1, '86.00', index === 0 ? null : 'draw']),
    );
    expect(result?.candidates).toEqual(drawn.slice(0, 3));
  });

  it('A6 the purchaser chooses nobody among equals: any other than the first needs a legal cause', () => {
    const { table } = play();
    const [first, second] = resultOf(table.state)?.candidates ?? [];
    const decide = (winner = ''): string | null =>
      table.refusal('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: '采购人确定', passedOver: [] } } });
    expect([decide(second), decide(first)]).toEqual(['E_REASON_REQUIRED', null]);
  });

  it('A6 whoever has the log computes the ranks again: another order is found', () => {
    const { state } = play().table;
    expect(checkAward(state).result).toMatchObject({ verdict: 'PASS', wrong: 0 });
    const forged = checkAward(withResult(state, swapped)).result;
    expect(forged).toMatchObject({ verdict: 'FAIL' });
    expect(forged.first?.where).toMatch(/^rank of bidder-/);
  });
});

describe('what members gave', () => {
  it('B5 is compared by whoever sees it; the public checks ranks and totals from the table, and is told that something is not shown', () => {
    const { state } = play().table;
    const { aggregated } = state.scoring;
    const changed = withResult(state, ({ rows, ...rest }) => ({
      ...rest,
      rows: rows.map((row) => ({ ...row, parts: { ...row.parts, technical: { score: '41.00', exact: '41' } } })),
    }));
    expect(checkAward(changed).result.first?.where).toMatch(/^technical of bidder-/);
    const members = `${aggregated?.seq ?? 0}/d:member-scores`;
    const { [members]: _hidden, ...shown } = state.disclosed;
    expect(checkAward({ ...state, disclosed: shown }).result).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
    expect(checkAward(view(state, { party: null, roles: [] })).result.isPartial).toBe(true);
  });
});

describe('a price that was corrected (算术修正)', () => {
  it('TV-COR-01 B-023 the price that is ranked is the one read out, or what its bidder confirmed of a correction', () => {
    const corrected = at(TV_E2E_01, 'half-scored');
    const { table } = corrected;
    const chair = table.state.committee.chair ?? '';
    const bidder = standingBidders(table.state).find((one) => letterOf(corrected, one) === 'B') ?? '';
    const correction = { rule: 'WORDS_OVER_FIGURES', words: '玖佰肆拾万元整', amount: '9400000' };
    const motion = { kind: 'CORRECTION', bidder, correction, place: '投标函', reason: '大小写不一致' };
    table.act(chair, 'motions.propose', { motion: 'one' }, { secrets: { motion } });
    for (const member of corrected.plan.members)
      table.act(member, 'motions.vote', { motion: 'one' }, { secrets: { vote: { isFor: true, reason: '' } } });
    table.act(bidder, 'motions.answer', { motion: 'one' }, { secrets: { answer: { confirms: true, text: '确认', files: [] } } });
    scoreBids(corrected, 'commercial');
    aggregate(corrected);
    expect(checkAward(table.state).result.wrong).toBe(0);
    const altered = withResult(table.state, (result) => ({
      ...result,
      rows: result.rows.map((row) => (row.party === bidder ? { ...row, price: '9300000.00' } : row)),
    }));
    expect(JSON.stringify(checkAward(altered).result)).toContain('9400000.00 binds');
  });
});
