import { describe, expect, it } from '@jest/globals';
import { decimal, fixed } from '../kernel/decimal.js';
import { resolveRuleSet } from '../law/rule-sets.js';
import { isOnGrid } from '../lot/index.js';
import { objectiveMismatches } from './consistency.js';
import { lowPriceTriggers } from '../motions/low-price.js';
import { deviations, outliers } from './outliers.js';
import { claimsOf, evaluatedPrice, isDomesticContested } from './policy-deduction.js';
import { benchmark, deviation, deviationScore, trimFault } from './methods/deviation/score.js';
import { lowPriceFirst } from './methods/low-price-first/score.js';
import { rank } from './ranking.js';
import fc from 'fast-check';

const d = decimal;
const neither = { smallMicro: false, smallPartner: false, domestic: false };
const M1 = { A: 9620000, B: 9480000, C: 9350000, D: 9710000, E: 9050000, F: 9880000, G: 9530000 };
const TABLE = [
  { below: 5, low: 0, high: 0 },
  { below: 10, low: 1, high: 1 },
  { below: 20, low: 2, high: 2 },
  { below: null, low: 4, high: 4 },
];
const RULE = { full: '60', floor: '0', e1: '1', e2: '0.5' };

describe('low-price-first (87号令 55)', () => {
  const scores = (prices: string[], weight: string) => {
    const lowest = prices.map(d).reduce((low, price) => (price.lt(low) ? price : low));
    return prices.map((price) => fixed(lowPriceFirst(d(price), lowest, d(weight))));
  };
  it('TV-GP-01 scores 30.00, 28.00, 24.50', () => {
    expect(scores(['980000', '1050000', '1200000'], '30')).toEqual(['30.00', '28.00', '24.50']);
  });
  it('TV-GP-02 a small enterprise is evaluated at 945 000 and scores 30.00', () => {
    const rates = { smallMicro: '10', domestic: '0' };
    const b = evaluatedPrice(d('1050000'), { ...neither, smallMicro: true }, rates).toFixed();
    expect(b).toBe('945000');
    expect(scores(['980000', b, '1200000'], '30')).toEqual(['28.93', '30.00', '23.63']);
  });
  it('TV-GP-03 weights technical, price and service to 90.27', () => {
    const price = lowPriceFirst(d('1050000'), d('980000'), d('100'));
    expect(fixed(price, 4)).toBe('93.3333');
    expect(fixed(d('91.4').times('0.55').plus(price.times('0.30')).plus(d('80').times('0.15')))).toBe('90.27');
  });
  it('the lowest price scores the full weight and no price more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 10 ** 9 }), (low, more) => {
        const score = lowPriceFirst(d(low + more), d(low), d(30));
        expect(score.lte(30) && score.gt(0)).toBe(true);
      }),
    );
  });
});

describe('policy deductions (domain.md §4.1)', () => {
  const rates = { smallMicro: '10', domestic: '20' };
  it('TV-POL-01 stacks on the original price: 700 000, not 720 000', () => {
    expect(evaluatedPrice(d('1000000'), { ...neither, smallMicro: true, domestic: true }, rates).toFixed()).toBe('700000');
  });
  it('TV-POL-02 scores 40.00, 31.11, 36.84', () => {
    const prices = [
      evaluatedPrice(d('1000000'), { ...neither, smallMicro: true, domestic: true }, rates),
      evaluatedPrice(d('900000'), neither, rates),
      evaluatedPrice(d('950000'), { ...neither, domestic: true }, rates),
    ];
    expect(prices.map((price) => fixed(lowPriceFirst(price, d('700000'), d(40))))).toEqual(['40.00', '31.11', '36.84']);
  });
  it('A1 partners bring a preference from 30 percent of the contract on, declared to be independent; a consortium wholly of small firms is small', () => {
    type Partners = NonNullable<Parameters<typeof claimsOf>[0]['claims']['partners']>;
    const of = (partners: Partial<Partners> = {}, smallMicro = false) => {
      const given = { form: 'CONSORTIUM', percent: '30', isAllSmall: false, isIndependent: true, ...partners } as const;
      const claims = claimsOf({ claims: { smallMicro, domestic: false, partners: given } });
      return [claims.smallMicro, claims.smallPartner];
    };
    expect(claimsOf({ claims: { smallMicro: false, domestic: true } })).toEqual({ ...neither, domestic: true });
    expect([of(), of({ form: 'SUBCONTRACT' }), of({ percent: '29.99' })]).toEqual([
      [false, true],
      [false, true],
      [false, false],
    ]);
    expect([of({ isIndependent: false }), of({ isIndependent: false, isAllSmall: true })]).toEqual([
      [false, false],
      [false, false],
    ]);
    expect([of({ isAllSmall: true, percent: '100' }), of({ form: 'SUBCONTRACT', isAllSmall: true }), of({}, true)]).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
  });
  it('A3 domestic products are preferred only where they compete with others', () => {
    const of = (...domestic: boolean[]) => isDomesticContested(domestic.map((one) => ({ domestic: one })));
    expect([of(true, false), of(true, true), of(false, false), of(true)]).toEqual([true, false, false, false]);
  });
});

describe('benchmark and deviation (domain.md §4.5)', () => {
  const prices = Object.values(M1).map(d);
  it('TV-M1 drops F and E, means 9 538 000.00, D = 9 347 240.00', () => {
    const result = benchmark(prices, TABLE, d('0.98'));
    expect(result.dropped.map((index) => Object.keys(M1)[index])).toEqual(['E', 'F']);
    expect([fixed(result.mean), fixed(result.price)]).toEqual(['9538000.00', '9347240.00']);
  });
  it('TV-DEV scores every bid against D = 9 347 240 with β at two decimals', () => {
    const rows = prices.map((price) => {
      const beta = deviation(price, d('9347240'), 2);
      return [fixed(beta), fixed(deviationScore(beta, RULE))];
    });
    expect(rows).toEqual([
      ['2.92', '57.08'],
      ['1.42', '58.58'],
      ['0.03', '59.97'],
      ['3.88', '56.12'],
      ['-3.18', '58.41'],
      ['5.70', '54.30'],
      ['1.96', '58.04'],
    ]);
  });
  it('TV-DEV with K = 1 scores against 9 538 000', () => {
    const scores = prices.map((price) => fixed(deviationScore(deviation(price, d('9538000'), 2), RULE)));
    expect(scores).toEqual(['59.14', '59.70', '59.02', '58.20', '57.44', '56.41', '59.96']);
  });
  it('TV-ROUND-01 the stage of rounding changes the score: 56.08 or 56.09', () => {
    const rule = { ...RULE, e1: '2.0' };
    const score = (decimals: number | null) => fixed(deviationScore(deviation(d('9530000'), d('9347240'), decimals), rule));
    expect([score(2), score(null)]).toEqual(['56.08', '56.09']);
  });
  it('TV-M7 scores against the plain mean, and no lower than the floor', () => {
    const few = [1000, 1100, 900, 1300].map(d);
    const base = benchmark(few, [{ below: null, low: 0, high: 0 }], d(1));
    const rule = { full: '15', floor: '10', e1: '0.2', e2: '0.1' };
    expect(fixed(base.price)).toBe('1075.00');
    expect(few.map((price) => fixed(deviationScore(deviation(price, base.price, null), rule)))).toEqual([
      '14.30',
      '14.53',
      '13.37',
      '10.81',
    ]);
    expect(fixed(deviationScore(deviation(d(2000), base.price, null), rule))).toBe('10.00');
  });
  it('C13 a trim table goes up, and every row leaves a price of the fewest that it is for', () => {
    const table = (...rows: [below: number | null, low: number, high: number][]) =>
      trimFault(rows.map(([below, low, high]) => ({ below, low, high })));
    expect(trimFault(TABLE)).toBeNull();
    // domain.md §4.5: with four to six prices only the highest goes, from seven on a fifth on both sides.
    expect(table([4, 0, 0], [7, 0, 1], [8, 1, 1], [13, 2, 2], [null, 3, 3])).toBeNull();
    expect(table([10, 0, 0], [5, 1, 1], [null, 2, 2])).toBe('trim.1.below: not above 10');
    expect(table([5, 0, 0], [5, 1, 1])).toBe('trim.1.below: not above 5');
    expect(table([null, 0, 0], [9, 1, 1])).toBe('trim.1: comes after the row for all other numbers');
    expect(table([null, 1, 1])).toBe('trim.0: drops 2 of 1 prices and leaves none');
    expect(table([2, 0, 0], [null, 1, 1])).toBe('trim.1: drops 2 of 2 prices and leaves none');
    expect(table([3, 0, 0], [null, 1, 1])).toBeNull();
  });
  it('holds the score within floor and full', () => {
    expect(fixed(deviationScore(d('1000'), { ...RULE, floor: '10' }))).toBe('10.00');
    expect(fixed(deviationScore(d(0), RULE))).toBe('60.00');
  });
});

describe('outliers (畸高畸低)', () => {
  it('TV-OUT-01 A-149 flags 9 at -49.30 % of the mean of the others and nobody else', () => {
    const scores = [18, 17.5, 18.5, 9, 17].map(d);
    expect(outliers(scores, d(30)).map(({ member, percent }) => [member, percent && fixed(percent)])).toEqual([[3, '-49.30']]);
    expect(deviations(scores).map((value) => fixed(value!))).toEqual(['16.13', '12.00', '20.33', '-49.30', '7.94']);
  });
  it('TV-OUT-02 A-149 flags nobody at -11.57 %', () => {
    const scores = ['86.50', '88.00', '90.00', '79.00', '91.50', '87.00', '93.00'].map(d);
    expect(outliers(scores, d(30))).toEqual([]);
    expect(fixed(deviations(scores)[3]!)).toBe('-11.57');
  });
  it('flags a score beside zeros, and never a member alone', () => {
    expect(outliers([d(1), d(0), d(0)], d(30))).toContainEqual({ member: 0, percent: null });
    expect(outliers([d(0), d(0)], d(30))).toEqual([]);
    expect(outliers([d(7)], d(30))).toEqual([]);
  });
});

describe('abnormally low prices (财库〔2026〕2号)', () => {
  const shares = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!.thresholds.lowPrice!;
  it('TV-LOW-01 420 000 is below half of the second lowest and 45 % of the ceiling, not below half of the mean', () => {
    expect(lowPriceTriggers([1000000, 950000, 420000, 880000].map(d), d(1200000), shares)).toEqual([
      [],
      [],
      ['BELOW_SECOND_SHARE', 'BELOW_CEILING_SHARE'],
      [],
    ]);
  });
  it('TV-LOW-02 a price equal to the threshold is not hit', () => {
    expect(lowPriceTriggers([475000, 950000].map(d), d(1000000), shares)).toEqual([[], []]);
    expect(lowPriceTriggers([], d(1), shares)).toEqual([]);
  });
});

describe('items', () => {
  it('takes only values in range and on the step that starts at the minimum', () => {
    const item = { min: '1', max: '5', step: '0.5' };
    expect(['1', '1.5', '5'].map((value) => isOnGrid(item, value))).toEqual([true, true, true]);
    expect(['0.5', '5.5', '1.25', '-1'].map((value) => isOnGrid(item, value))).toEqual([false, false, false, false]);
    expect(isOnGrid({ ...item, step: '0' }, '1.2345')).toBe(true);
  });
  it('A-150 finds objective items on which members differ, reading 5 and 5.0 as one value', () => {
    const item = (id: string, objective: boolean) => ({
      id,
      part: 'commercial' as const,
      title: id,
      min: '0',
      max: '9',
      step: '1',
      objective,
    });
    const scores = {
      m1: { b1: { o: '5', s: '1' }, b2: { o: '3', s: '1' } },
      m2: { b1: { o: '5.0', s: '2' }, b2: { o: '4', s: '2' } },
    };
    expect(objectiveMismatches([item('o', true), item('s', false)], ['b1', 'b2'], ['m1', 'm2'], scores)).toEqual([
      { item: 'o', party: 'b2', values: { m1: '3', m2: '4' } },
    ]);
  });
});

describe('ranking and ties', () => {
  const bid = (party: string, total: string, price: string, technical: string) => ({
    party,
    total: d(total),
    price: d(price),
    technical: d(technical),
    evaluated: d(price),
    place: party,
  });
  const placesOf = (placed: ReturnType<typeof rank>) => placed.map(({ party, rank: place, by }) => [party, place, by]);
  const { ties: gov } = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!;
  it('A6 gov: total, then lower price (87号令 57), then the draw (68): nobody shares a place', () => {
    const bids = [bid('a', '90', '100', '1'), bid('b', '90', '90', '1'), bid('c', '90', '100', '9'), bid('d', '80', '1', '1')];
    const drawn = bids.map((one) => ({ ...one, place: one.party === 'c' ? '0' : '1' + one.party }));
    expect(placesOf(rank(drawn, gov))).toEqual([
      ['b', 1, null],
      ['c', 2, 'price'],
      ['a', 3, 'draw'],
      ['d', 4, 'total'],
    ]);
  });
  it('A6 the document’s own order comes before the draw', () => {
    const bids = [bid('a', '90', '100', '5'), bid('b', '90', '100', '6'), bid('c', '90', '100', '5')];
    expect(placesOf(rank(bids, ['price', 'technical']))).toEqual([
      ['b', 1, null],
      ['a', 2, 'technical'],
      ['c', 3, 'draw'],
    ]);
  });
  it('gives the same ranks whatever order bids come in, no rank twice, and never a better total behind a worse one', () => {
    const bids = fc.array(fc.record({ total: fc.integer({ min: 0, max: 5 }), price: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(bids, (list) => {
        const contenders = list.map((one, index) => bid(`p${index}`, String(one.total), String(one.price), '0'));
        const placed = rank(contenders, gov);
        expect(rank([...contenders].reverse(), gov)).toEqual(placed);
        expect(placed.map((one) => one.rank)).toEqual(list.map((_, index) => index + 1));
        const totals = placed.map(({ party }) => Number(contenders.find((one) => one.party === party)!.total));
        expect([...totals].sort((a, b) => b - a)).toEqual(totals);
      }),
    );
  });
});
