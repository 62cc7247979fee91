import { openingSheetOf, resultOf } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02, type LotPlan } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { drawnValuesOf, type InventedBid, tryOut } from '../src/areas/agency/model/trial.js';

const rulesOf = ({ rules }: LotPlan): JsonObject => JSON.parse(JSON.stringify(rules)) as JsonObject;
const bid = (name: string, price: string, others = '40'): InventedBid => ({ name, price, others, smallMicro: false, domestic: false });

/** The lot's real table, and the rows of it as somebody would invent them. */
function worked(plan: LotPlan) {
  const { state } = at(plan, 'aggregated').table;
  const result = resultOf(state);
  if (result === null) throw new Error('no result');
  const bids = result.rows.map(({ party, price, parts }): InventedBid => {
    const others = Object.values(parts).reduce((sum, { exact }) => sum + Number(exact), 0);
    const claims = openingSheetOf(state, party)?.claims;
    return { name: party, price, others: others.toFixed(8), smallMicro: claims?.smallMicro ?? false, domestic: claims?.domestic ?? false };
  });
  return { result, bids };
}

describe('the trial of a tender document (试算)', () => {
  it('TV-E2E-01 comes to the benchmark, totals and ranks that the lot came to', () => {
    const { result, bids } = worked(TV_E2E_01);
    const trial = tryOut(rulesOf(TV_E2E_01), bids, null);
    if (!trial.ok) throw new Error(trial.code);
    expect(trial.result.benchmark?.price).toBe(TV_E2E_01.expected.benchmark);
    expect(trial.result.rows.map(({ party, total, rank }) => [party, total, rank])).toEqual(
      result.rows.map(({ party, total, rank }) => [party, total, rank]),
    );
    expect(trial.result.candidates).toEqual(result.candidates);
  });

  it('lowers the prices of small enterprises as the document says, and asks for the drawn K', () => {
    const gov = rulesOf(TV_E2E_02);
    const [large, small] = [bid('甲', '1000000.00'), { ...bid('乙', '1000000.00'), smallMicro: true }];
    const trial = tryOut(gov, [large, small], null);
    if (!trial.ok) throw new Error(trial.code);
    expect(trial.result.rows[0]).toMatchObject({ party: '乙', rank: 1 });
    expect(Number(trial.result.rows[0]?.evaluatedPrice)).toBeLessThan(1_000_000);
    const drawn = rulesOf({
      ...TV_E2E_01,
      rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: ['0.95', '0.97'] } } } as LotPlan['rules'],
    });
    expect([drawnValuesOf(drawn), drawnValuesOf(gov)]).toEqual([['0.95', '0.97'], []]);
    const bids = ['9000000.00', '9100000.00', '9200000.00'].map((price, index) => bid(`b-${String(index)}`, price));
    const [low, high] = ['0.95', '0.97'].map((k) => tryOut(drawn, bids, k));
    expect([low?.ok === true && low.result.benchmark?.k, high?.ok === true && high.result.benchmark?.k]).toEqual(['0.95', '0.97']);
  });

  it.each<[string, () => ReturnType<typeof tryOut>, string, string]>([
    ['no document', () => tryOut(undefined, [bid('甲', '1')], null), 'RULES', ''],
    ['a document without a ceiling', () => tryOut({ ...rulesOf(TV_E2E_01), ceiling: '' }, [bid('甲', '1')], null), 'RULES', ''],
    ['no bids', () => tryOut(rulesOf(TV_E2E_01), [], null), 'ROWS', ''],
    ['a price that is none', () => tryOut(rulesOf(TV_E2E_01), [bid('甲', '9,000')], null), 'ROWS', '甲'],
    ['a price of zero', () => tryOut(rulesOf(TV_E2E_01), [bid('甲', '0')], null), 'ROWS', '甲'],
    ['points that are none', () => tryOut(rulesOf(TV_E2E_01), [bid('甲', '1', '')], null), 'ROWS', '甲'],
    ['a name twice', () => tryOut(rulesOf(TV_E2E_01), [bid('甲', '1'), bid('甲', '2')], null), 'ROWS', '甲'],
  ])('says what it lacks: %s', (_what, run, code, name) => {
    expect(run()).toEqual({ ok: false, code, name });
  });
});
