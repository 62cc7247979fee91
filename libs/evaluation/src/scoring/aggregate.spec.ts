import { describe, expect, it } from '@jest/globals';
import { resolveRuleSet } from '../law/rule-sets.js';
import { aggregate, type Aggregation, type AggregationInput } from './aggregate.js';

const item = (id: string, part: 'technical' | 'commercial', max: string, objective: boolean) => ({
  id,
  part,
  title: id,
  min: '0',
  max,
  step: '1',
  objective,
});
const bid = (party: string, price: string, smallMicro = false, domestic = false, brand: string | null = null) => ({
  party,
  price,
  smallMicro,
  smallPartner: false,
  domestic,
  brand,
});

/** What is found; an aggregation that is refused fails the test. */
function found(input: AggregationInput): Aggregation {
  const done = aggregate(input);
  if (!('result' in done)) throw new Error(done.message);
  return done;
}
const resultOf = (input: AggregationInput) => found(input).result;

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
    ceiling: '10000000',
    candidates: 3,
    ties: ['price', 'technical'],
  },
  ties: resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')!.ties,
  k: '0.97',
  bids: [bid('A', '9620000'), bid('B', '9480000'), bid('C', '9350000'), bid('E', '9050000'), bid('F', '9880000'), bid('G', '9530000')],
  expired: [],
  reviewed: [bid('A', '9620000'), bid('B', '9480000'), bid('C', '9350000'), bid('E', '9050000'), bid('F', '9880000'), bid('G', '9530000')],
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
  drawPlace: (party) => party,
};

const GOV: AggregationInput = {
  rules: {
    price: { kind: 'low-price-first', weight: '30' },
    deductions: { smallMicro: '10', domestic: '0' },
    items: [item('t', 'technical', '50', false), item('c', 'commercial', '20', true)],
    memberTrim: { low: 0, high: 0 },
    ceiling: '10000000',
    candidates: 3,
    ties: [],
  },
  ties: resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!.ties,
  k: null,
  bids: [bid('A', '980000'), bid('B', '1050000', true), bid('C', '1200000')],
  expired: [],
  reviewed: [bid('A', '980000'), bid('B', '1050000', true), bid('C', '1200000')],
  members: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
  scores: sheets(
    { A: [42, 43, 41, 44, 42, 43, 41], B: [40, 41, 39, 42, 40, 41, 40], C: [47, 46, 48, 47, 46, 48, 47] },
    { A: 18, B: 16, C: 20 },
  ),
  drawPlace: (party) => party,
};

describe('C14 procurement: brands and fixed prices', () => {
  const branded = (of: Readonly<Record<string, string>>, more: Partial<AggregationInput> = {}): AggregationInput => {
    const bids = ['A', 'B', 'C', 'D'].map((party) => bid(party, '1000000', false, false, of[party] ?? party));
    const technical = { A: [47, 47, 47], B: [46, 46, 46], C: [45, 45, 45], D: [44, 44, 44] };
    const scores = sheets(technical, { A: 18, B: 18, C: 18, D: 18 });
    return { ...GOV, bids, reviewed: bids, members: ['m1', 'm2', 'm3'], scores, ...more };
  };

  it('C14 87号令 31 of one brand the best total alone is recommended, and the next brand moves up', () => {
    const result = resultOf(branded({ A: 'acme', B: 'acme' }));
    expect(result.rows.map(({ party, total, rank, yieldsTo }) => [party, total, rank, yieldsTo])).toEqual([
      ['A', '95.00', 1, undefined],
      ['B', '94.00', 2, 'A'],
      ['C', '93.00', 3, undefined],
      ['D', '92.00', 4, undefined],
    ]);
    expect(result.candidates).toEqual(['A', 'C', 'D']);
    expect(resultOf(branded({})).candidates).toEqual(['A', 'B', 'C']);
  });
  it('C14 87号令 31 between equal totals of one brand the document’s rule decides, else the draw; never the law’s lower price', () => {
    const equal = (ties: AggregationInput['rules']['ties'], places: Readonly<Record<string, string>>) => {
      const input = branded({ A: 'acme', B: 'acme' });
      const bids = input.bids.map((one) => (one.party === 'B' ? { ...one, price: '1034482.76' } : one));
      // 30.00 + 46 + 18 for A; 29.00 + 47 + 18 for B: the same total, A cheaper, B better in technical points.
      const scores = sheets({ A: [46, 46, 46], B: [47, 47, 47], C: [45, 45, 45], D: [44, 44, 44] }, { A: 18, B: 18, C: 18, D: 18 });
      const drawPlace = (party: string) => places[party] ?? party;
      return resultOf({ ...input, bids, scores, drawPlace, rules: { ...input.rules, ties } });
    };
    expect(
      equal([], {})
        .rows.slice(0, 2)
        .map(({ party, total }) => [party, total]),
    ).toEqual([
      ['A', '94.00'],
      ['B', '94.00'],
    ]);
    expect(equal([], {}).candidates).toEqual(['A', 'C', 'D']);
    expect(equal([], { B: '0' }).candidates).toEqual(['B', 'C', 'D']);
    expect(equal(['technical'], {}).candidates).toEqual(['B', 'C', 'D']);
  });
  it('C14 87号令 55 a fixed price gives no points, whatever is quoted', () => {
    const items = [item('t', 'technical', '80', false), item('c', 'commercial', '20', true)];
    const rules = { ...GOV.rules, price: { kind: 'fixed-price' as const }, deductions: null, items };
    const result = resultOf({ ...GOV, rules });
    expect(result.rows.map(({ party, priceScore, total }) => [party, priceScore, total])).toEqual([
      ['C', '0.00', '67.00'],
      ['A', '0.00', '60.29'],
      ['B', '0.00', '56.43'],
    ]);
  });
});

describe('aggregation', () => {
  it('TV-E2E-01 A-144 A-145 computes benchmark, β, totals and the order B, E, C, G, F, A', () => {
    const result = resultOf(E2E_01);
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
    const result = resultOf(GOV);
    expect(result.benchmark).toBeNull();
    expect(result.rows.map((row) => [row.party, row.priceScore, row.parts['technical']?.score, row.total, row.totalExact])).toEqual([
      ['C', '23.63', '47.00', '90.63', '90.625'],
      ['A', '28.93', '42.29', '89.21', '89.21428571'],
      ['B', '30.00', '40.43', '86.43', '86.42857143'],
    ]);
    expect(result.rows.find((row) => row.party === 'B')).toMatchObject({ price: '1050000.00', evaluatedPrice: '945000.00' });
  });
  it('drops members by part total and bidder where the document says so, and says whom to those who may know', () => {
    const { result, memberScores } = found({ ...E2E_01, rules: { ...E2E_01.rules, memberTrim: { low: 1, high: 1 } } });
    expect(result.rows.find((row) => row.party === 'B')?.parts['technical']).toEqual({ score: '26.67', exact: '26.66666667' });
    expect(memberScores.bids['B']?.['technical']).toMatchObject({ dropped: ['m2', 'm3'], members: { m1: '27', m3: '28' } });
  });
  it('a rejection after the preliminary review changes no benchmark: the set is frozen', () => {
    const later = resultOf({ ...E2E_01, bids: E2E_01.bids.filter((one) => one.party !== 'F') });
    expect(later.benchmark?.price).toBe('9210150.00');
    expect(later.rows.map((row) => row.party)).toEqual(['B', 'E', 'C', 'G', 'A']);
  });
});

/** Totals of the parts that members score, each the same for all of them. */
const given = (points: Record<string, number>) =>
  sheets(
    Object.fromEntries(Object.keys(points).map((party) => [party, [points[party]!]])),
    Object.fromEntries(Object.keys(points).map((party) => [party, 0])),
  );
const small = { ...GOV, members: ['m1'] };

describe('preferences of policy', () => {
  it('A3 TV-POL small enterprises are preferred though all bidders are small: B 35.07 and 89.87, not 36.07 and 90.87 (H06)', () => {
    const bids = [bid('A', '1240000', true, true), bid('B', '1100000', true), bid('C', '1500000', true, true)];
    const result = resultOf({
      ...small,
      rules: { ...small.rules, price: { kind: 'low-price-first', weight: '40' }, deductions: { smallMicro: '10', domestic: '20' } },
      bids,
      reviewed: bids,
      scores: given({ A: 10, B: 54.8, C: 10 }),
    });
    expect(result.rows.find(({ party }) => party === 'B')).toMatchObject({
      evaluatedPrice: '990000.00',
      priceScore: '35.07',
      total: '89.87',
    });
    expect(result.rows.find(({ party }) => party === 'A')).toMatchObject({ evaluatedPrice: '868000.00', priceScore: '40.00' });
  });
  it('A1 a bidder with a small partner gets its own rate of the price, or of the price score, and never both rates', () => {
    const partner = (one: ReturnType<typeof bid>) => ({ ...one, smallPartner: true });
    const bids = [partner(bid('A', '1000000')), bid('B', '1000000', true), bid('C', '1000000')];
    const rules = { ...small.rules, price: { kind: 'low-price-first' as const, weight: '40' } };
    const rows = (smallPartner?: string) =>
      resultOf({
        ...small,
        rules: { ...rules, deductions: { smallMicro: '10', domestic: '0', ...(smallPartner === undefined ? {} : { smallPartner }) } },
        bids,
        reviewed: bids,
        scores: given({ A: 20, B: 20, C: 20 }),
      }).rows.map((row) => [row.party, row.evaluatedPrice, row.priceScore]);
    expect(rows('5')).toEqual([
      ['B', '900000.00', '40.00'],
      ['A', '950000.00', '37.89'],
      ['C', '1000000.00', '36.00'],
    ]);
    expect(rows()).toEqual([
      ['B', '900000.00', '40.00'],
      ['A', '1000000.00', '36.00'],
      ['C', '1000000.00', '36.00'],
    ]);
    const works = { ...E2E_01.rules, deductions: { smallMicro: '5', smallPartner: '2', domestic: '0' } };
    const measured = resultOf({
      ...E2E_01,
      rules: works,
      k: '1',
      bids,
      reviewed: bids,
      members: ['m1'],
      scores: given({ A: 20, B: 20, C: 20 }),
    });
    expect(measured.rows.map((row) => [row.party, row.bonus, row.priceScore])).toEqual([
      ['B', '3', '63.00'],
      ['A', '1.2', '61.20'],
      ['C', '0', '60.00'],
    ]);
  });
  it('A3 a domestic product competes with every bid that passed the review, also with one that is out by now', () => {
    const reviewed = [bid('A', '1000000', false, true), bid('B', '1000000', false, true), bid('C', '900000')];
    const rules = { ...small.rules, deductions: { smallMicro: '10', domestic: '20' } };
    const left = { ...small, rules, bids: reviewed.slice(0, 2), reviewed, scores: given({ A: 1, B: 2 }) };
    expect(resultOf(left).rows.map((row) => row.evaluatedPrice)).toEqual(['800000.00', '800000.00']);
    expect(resultOf({ ...left, reviewed: left.bids }).rows.map((row) => row.evaluatedPrice)).toEqual(['1000000.00', '1000000.00']);
  });
  it('A2 a benchmark measures quoted prices: of three equal ones the small bidder gets 63.00, the others 60.00', () => {
    const bids = [bid('A', '1000000', true), bid('B', '1000000'), bid('C', '1000000')];
    const rules = { ...E2E_01.rules, deductions: { smallMicro: '5', domestic: '0' } };
    const result = resultOf({ ...E2E_01, rules, k: '1', bids, reviewed: bids, members: ['m1'], scores: given({ A: 20, B: 20, C: 20 }) });
    expect(result.benchmark?.price).toBe('1000000.00');
    expect(result.rows.map((row) => [row.party, row.evaluatedPrice, row.beta, row.bonus, row.priceScore, row.total])).toEqual([
      ['A', '1000000.00', '0.00', '3', '63.00', '83.00'],
      ['B', '1000000.00', '0.00', '0', '60.00', '80.00'],
      ['C', '1000000.00', '0.00', '0', '60.00', '80.00'],
    ]);
  });
  it('A1 E_NOT_RANKABLE a price of which nothing is left is refused and named, never scored', () => {
    const refused = (smallMicro: string, domestic: string) =>
      aggregate({
        ...small,
        rules: { ...small.rules, deductions: { smallMicro, domestic } },
        bids: [bid('A', '100', true, true), bid('B', '100')],
        reviewed: [bid('A', '100', true, true), bid('B', '100')],
        scores: given({ A: 1, B: 2 }),
      });
    for (const [smallMicro, domestic] of [
      ['80', '20'],
      ['80', '30'],
      ['100', '0'],
    ] as const) {
      expect(refused(smallMicro, domestic)).toMatchObject({ ok: false, code: 'E_NOT_RANKABLE', message: expect.stringContaining('A: ') });
    }
    expect(refused('20', '20')).toHaveProperty('result');
  });
  it('A1 E_NOT_RANKABLE a score that is no number reaches no ranking', () => {
    const scores = { m1: { A: { t: 'NaN', c: '0' }, B: { t: '1', c: '0' }, C: { t: 'Infinity', c: '0' } } };
    expect(aggregate({ ...small, scores })).toMatchObject({ ok: false, code: 'E_NOT_RANKABLE' });
  });
});

describe('ties', () => {
  it('A6 totals are equal as published: 80.00 and 80.004 are a tie, and the lower price wins it', () => {
    const bids = [bid('A', '1000000'), bid('B', '999000'), bid('C', '1500000')];
    const prices = { kind: 'low-price-first', weight: '30' } as const;
    // A: 29.97 + 50.034 = 80.004; B: 30.00 + 50.00 = 80.00.
    const input = { ...small, rules: { ...small.rules, price: prices }, bids, reviewed: bids, scores: given({ A: 50.034, B: 50, C: 1 }) };
    expect(resultOf(input).rows.map((row) => [row.party, row.total, row.totalExact, row.rankedBy])).toEqual([
      ['B', '80.00', '80', null],
      ['A', '80.00', '80.004', 'price'],
      ['C', '20.98', '20.98', 'total'],
    ]);
  });
  it('A6 four bids that nothing tells apart: one draw, three candidates, one first', () => {
    const bids = ['A', 'B', 'C', 'D'].map((party) => bid(party, '1000000'));
    const place: Record<string, string> = { A: '3', B: '1', C: '4', D: '2' };
    const input = {
      ...small,
      bids,
      reviewed: bids,
      scores: given({ A: 9, B: 9, C: 9, D: 9 }),
      drawPlace: (party: string) => place[party]!,
    };
    const { rows, candidates } = resultOf(input);
    expect(rows.map((row) => [row.party, row.rank, row.rankedBy])).toEqual([
      ['B', 1, null],
      ['D', 2, 'draw'],
      ['A', 3, 'draw'],
      ['C', 4, 'draw'],
    ]);
    expect(candidates).toEqual(['B', 'D', 'A']);
  });
});
