import { describe, expect, it } from '@jest/globals';
import { resolveRuleSet } from '../law/rule-sets.js';
import { aggregate, type AggregationInput } from './aggregate.js';

const item = (id: string, part: 'technical' | 'commercial', max: string, objective: boolean) => ({
  id,
  part,
  title: id,
  min: '0',
  max,
  step: '1',
  objective,
});
const bid = (party: string, price: string, smallMicro = false) => ({ party, price, smallMicro, domestic: false });

/** Table of technical scores by bidder (members in columns) and one commercial value as every member's sheets. */
function sheets(technical: Record<string, number[]>, commercial: Record<string, number>): AggregationInput['scores'] {
  const members = Object.values(technical)[0]!.map((_, index) => `m${index + 1}`);
  return Object.fromEntries(
    members.map((member, index) => [
      member,
      Object.fromEntries(
        Object.keys(technical).map((party) => [party, { t: String(technical[party]![index]), c: String(commercial[party]) }]),
      ),
    ]),
  );
}

const E2E_01: AggregationInput = {
  rules: {
    price: {
      kind: 'benchmark-deviation',
      full: '60',
      floor: '0',
      e1: '1',
      e2: '0.5',
      betaDecimals: 2,
      trim: [
        { below: 5, low: 0, high: 0 },
        { below: null, low: 1, high: 1 },
      ],
      k: { drawn: ['0.97', '0.98'] },
    },
    deductions: null,
    items: [item('t', 'technical', '30', false), item('c', 'commercial', '10', true)],
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
  },
  ties: resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')!.ties,
  k: '0.97',
  bids: [bid('A', '9620000'), bid('B', '9480000'), bid('C', '9350000'), bid('E', '9050000'), bid('F', '9880000'), bid('G', '9530000')],
  benchmarkSet: [
    { party: 'A', price: '9620000' },
    { party: 'B', price: '9480000' },
    { party: 'C', price: '9350000' },
    { party: 'E', price: '9050000' },
    { party: 'F', price: '9880000' },
    { party: 'G', price: '9530000' },
  ],
  members: ['m1', 'm2', 'm3', 'm4', 'm5'],
  scores: sheets(
    {
      B: [27, 26, 28, 27, 26],
      E: [25, 26, 25, 24, 27],
      C: [22, 23, 22, 24, 21],
      G: [26, 25, 26, 27, 24],
      F: [28, 27, 29, 28, 26],
      A: [24, 25, 23, 26, 24],
    },
    { B: 9, E: 7, C: 10, G: 8, F: 9, A: 8 },
  ),
  drawPlace: null,
};

const GOV: AggregationInput = {
  rules: {
    price: { kind: 'low-price-first', weight: '30' },
    deductions: { smallMicro: '10', domestic: '0' },
    items: [item('t', 'technical', '50', false), item('c', 'commercial', '20', true)],
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
  },
  ties: resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!.ties,
  k: null,
  bids: [bid('A', '980000'), bid('B', '1050000', true), bid('C', '1200000')],
  benchmarkSet: [],
  members: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
  scores: sheets(
    { A: [42, 43, 41, 44, 42, 43, 41], B: [40, 41, 39, 42, 40, 41, 40], C: [47, 46, 48, 47, 46, 48, 47] },
    { A: 18, B: 16, C: 20 },
  ),
  drawPlace: null,
};

describe('aggregation', () => {
  it('TV-E2E-01 A-144 A-145 computes benchmark, β, totals and the order B, E, C, G, F, A', () => {
    const result = aggregate(E2E_01);
    expect(result.benchmark).toMatchObject({ dropped: ['E', 'F'], mean: '9495000.00', k: '0.97', price: '9210150.00' });
    expect(result.rows.map((row) => [row.party, row.parts['technical']?.score, row.beta, row.priceScore, row.total, row.rank])).toEqual([
      ['B', '26.80', '2.93', '57.07', '92.87', 1],
      ['E', '25.40', '-1.74', '59.13', '91.53', 2],
      ['C', '22.40', '1.52', '58.48', '90.88', 3],
      ['G', '25.60', '3.47', '56.53', '90.13', 4],
      ['F', '27.60', '7.27', '52.73', '89.33', 5],
      ['A', '24.40', '4.45', '55.55', '87.95', 6],
    ]);
    expect(result.candidates).toEqual(['B', 'E', 'C']);
  });
  it('TV-E2E-02 gov: C wins though dearest, with one rounding at the end (89.21, not 89.22)', () => {
    const result = aggregate(GOV);
    expect(result.benchmark).toBeNull();
    expect(result.rows.map((row) => [row.party, row.priceScore, row.parts['technical']?.score, row.total, row.totalExact])).toEqual([
      ['C', '23.63', '47.00', '90.63', '90.625'],
      ['A', '28.93', '42.29', '89.21', '89.21428571'],
      ['B', '30.00', '40.43', '86.43', '86.42857143'],
    ]);
    expect(result.rows.find((row) => row.party === 'B')).toMatchObject({ price: '1050000.00', evaluatedPrice: '945000.00' });
  });
  it('drops members by part total and bidder where the document says so, and says whom', () => {
    const result = aggregate({ ...E2E_01, rules: { ...E2E_01.rules, memberTrim: { low: 1, high: 1 } } });
    expect(result.rows.find((row) => row.party === 'B')?.parts['technical']).toMatchObject({ dropped: ['m2', 'm3'], score: '26.67' });
  });
  it('a rejection after the preliminary review changes no benchmark: the set is frozen', () => {
    const later = aggregate({ ...E2E_01, bids: E2E_01.bids.filter((one) => one.party !== 'F') });
    expect(later.benchmark?.price).toBe('9210150.00');
    expect(later.rows.map((row) => row.party)).toEqual(['B', 'E', 'C', 'G', 'A']);
  });
});
