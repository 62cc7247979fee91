import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { aggregate as aggregateLot, at, letterOf, scoreBids } from '@app/testing/play';
import { aggregate, type AggregationInput, resultOf, type ScoreItem, tenderRulesOf } from '../index.js';

const adjusting = (id: string, of: 'PERCENT_OF_BID' | 'CNY', per: string, max: string): ScoreItem => ({
  id,
  part: 'commercial',
  title: id,
  min: '0',
  max,
  step: '1',
  objective: true,
  type: { kind: 'ADJUSTMENT', unit: of === 'CNY' ? '元' : '周', of, per },
});
const ITEMS = [
  adjusting('late', 'PERCENT_OF_BID', '0.5', '20'),
  adjusting('npv', 'CNY', '1', '999999'),
  adjusting('omitted', 'CNY', '1', '999999'),
];
const bid = (party: string, price: string, smallMicro = false) => ({
  party,
  price,
  smallMicro,
  smallPartner: false,
  domestic: false,
  brand: null,
});
const BIDS = [bid('A', '5000000'), bid('B', '5080000'), bid('C', '4960000')];
const FIGURES: Record<string, Record<string, string>> = {
  A: { late: '3', npv: '0', omitted: '0' },
  B: { late: '0', npv: '12000', omitted: '0' },
  C: { late: '0', npv: '0', omitted: '150000' },
};
const RLP: AggregationInput = {
  rules: {
    price: { kind: 'lowest-evaluated-price' },
    deductions: null,
    items: ITEMS,
    memberTrim: { low: 0, high: 0 },
    ceiling: '6000000',
    candidates: 3,
    ties: ['price'],
  },
  ties: [],
  k: null,
  bids: BIDS,
  expired: [],
  reviewed: BIDS,
  members: ['m1', 'm2', 'm3'],
  scores: { m1: FIGURES, m2: FIGURES, m3: FIGURES },
  drawPlace: (party) => party,
};
function found(input: AggregationInput) {
  const done = aggregate(input);
  if (!('result' in done)) throw new Error(done.message);
  return done.result;
}

describe('the lowest evaluated price', () => {
  it('TV-RLP-01 经评审的最低投标价法: 5 075 000, 5 092 000, 5 110 000; A wins though C quoted lowest', () => {
    const result = found(RLP);
    expect(result.rows.map(({ party, price, evaluatedPrice, rank, rankedBy }) => [party, price, evaluatedPrice, rank, rankedBy])).toEqual([
      ['A', '5000000.00', '5075000.00', 1, null],
      ['B', '5080000.00', '5092000.00', 2, 'evaluated-price'],
      ['C', '4960000.00', '5110000.00', 3, 'evaluated-price'],
    ]);
    expect(result.rows[0]?.adjustments).toEqual([
      { item: 'late', figure: '3', amount: '75000.00' },
      { item: 'npv', figure: '0', amount: '0.00' },
      { item: 'omitted', figure: '0', amount: '0.00' },
    ]);
    expect([result.ranksBy, result.candidates]).toEqual(['evaluated-price', ['A', 'B', 'C']]);
  });
  it('B-025 最低评标价法 (87号令 54): only the preference of policy moves a price', () => {
    const bids = [bid('A', '980000'), bid('B', '1050000', true), bid('C', '1200000')];
    const rules = { ...RLP.rules, items: [], deductions: { smallMicro: '10', domestic: '0' }, ties: [] };
    const result = found({ ...RLP, rules, bids, reviewed: bids, ties: ['price'] });
    expect(result.rows.map(({ party, evaluatedPrice }) => [party, evaluatedPrice])).toEqual([
      ['B', '945000.00'],
      ['A', '980000.00'],
      ['C', '1200000.00'],
    ]);
    // 87号令 56: of equal evaluated prices the lower quote is not first by law; the document's rule decides, else the draw.
    const equal = [bid('A', '945000'), bid('B', '1050000', true)];
    const drawn = {
      ...RLP,
      rules,
      bids: equal,
      reviewed: equal,
      ties: ['price'] as const,
      drawPlace: (party: string) => (party === 'B' ? '0' : '1'),
    };
    expect(found(drawn).rows.map(({ party, rankedBy }) => [party, rankedBy])).toEqual([
      ['B', null],
      ['A', 'draw'],
    ]);
    expect(found({ ...drawn, rules: { ...rules, ties: ['price'] } }).rows.map(({ party }) => party)).toEqual(['A', 'B']);
  });
  it('a higher evaluated price is never ranked before a lower one, whatever order bids come in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 8 }),
        (list) => {
          const bids = list.map(([price], index) => bid(`p${index}`, String(price * 1000)));
          const figures = Object.fromEntries(list.map(([, late], index) => [`p${index}`, { late: String(late), npv: '0', omitted: '0' }]));
          const input = { ...RLP, bids, reviewed: bids, scores: { m1: figures, m2: figures, m3: figures } };
          const { rows } = found(input);
          expect(found({ ...input, bids: [...bids].reverse() }).rows).toEqual(rows);
          const prices = rows.map(({ evaluatedPrice }) => Number(evaluatedPrice));
          expect([...prices].sort((a, b) => a - b)).toEqual(prices);
        },
      ),
    );
  });
});

describe('whole lots by the lowest evaluated price', () => {
  it('TV-RLP-01 B-025 tender law: members find the figures in sealed sheets, and the rules rank by what comes of them', () => {
    const figures = { A: '3', B: '0', C: '0' };
    const cny = (of: Record<string, string>) =>
      Object.fromEntries(Object.entries(of).map(([letter, value]) => [letter, Array.from({ length: 5 }, () => value)]));
    const plan = {
      ...TV_E2E_01,
      id: 'TV-RLP-01',
      rules: {
        ...TV_E2E_01.rules,
        method: 'reviewed-lowest' as const,
        price: { kind: 'lowest-evaluated-price' as const },
        items: ITEMS,
        ties: ['price' as const],
      },
      bids: TV_E2E_01.bids.slice(0, 3).map((one, index) => ({ ...one, price: ['5000000.00', '5080000.00', '4960000.00'][index] ?? '' })),
      fails: {},
      scores: { late: cny(figures), npv: cny({ A: '0', B: '12000', C: '0' }), omitted: cny({ A: '0', B: '0', C: '150000' }) },
    };
    const play = at(plan, 'reviewed');
    expect(play.table.state.committee.step).toBe('scores:commercial');
    scoreBids(play, 'commercial');
    aggregateLot(play);
    const { state } = play.table;
    expect(resultOf(state)?.rows.map(({ party, evaluatedPrice }) => [letterOf(play, party), evaluatedPrice])).toEqual([
      ['A', '5075000.00'],
      ['B', '5092000.00'],
      ['C', '5110000.00'],
    ]);
    expect(state.faults).toEqual([]);
  });
  it('B-025 procurement: without a scored item the review leads to the ranking', () => {
    const rules = {
      ...TV_E2E_02.rules,
      method: 'lowest-evaluated' as const,
      price: { kind: 'lowest-evaluated-price' as const },
      items: [],
    };
    const play = at({ ...TV_E2E_02, id: 'lowest-evaluated', rules }, 'reviewed');
    expect(play.table.state.committee.step).toBe('aggregate');
    aggregateLot(play);
    expect(tenderRulesOf(play.table.state).method).toBe('lowest-evaluated');
    expect(resultOf(play.table.state)?.rows.map(({ party, evaluatedPrice }) => [letterOf(play, party), evaluatedPrice])).toEqual([
      ['B', '945000.00'],
      ['A', '980000.00'],
      ['C', '1200000.00'],
    ]);
  });
});
