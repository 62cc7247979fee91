import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimal } from '../../kernel/decimal.js';
import { PRICE_METHODS, type PriceRule, priceMethodOf, zPriceRule } from './index.js';

const POINTS = { full: '60', floor: '0', e1: '1', e2: '0.5', betaDecimals: 2 } as const;
const TABLE = [
  { below: 5, low: 0, high: 0 },
  { below: 10, low: 1, high: 1 },
  { below: 20, low: 2, high: 2 },
  { below: null, low: 4, high: 4 },
];
const M1_LIST = ['9620000', '9480000', '9350000', '9710000', '9050000', '9880000', '9530000'];
const M3 = {
  kind: 'benchmark-three-part',
  ...POINTS,
  k: { fixed: '0.98' },
  deltaPercent: '4',
  aPercent: '50',
  bPercent: '30',
  cPercent: '20',
  limitMeanPercent: '70',
  limitPercent: '75',
  poolPercent: '95',
} as const;
const M6 = {
  kind: 'benchmark-random',
  ...POINTS,
  k: { fixed: '1' },
  drawn: 9,
  low: 1,
  high: 1,
  meanPercent: '60',
  bandLowPercent: '85',
  bandHighPercent: '105',
} as const;

const partyOf = (index: number): string => `b${String(index + 1).padStart(2, '0')}`;
interface Asked {
  readonly k?: string | null;
  readonly ceiling?: string;
  readonly first?: readonly string[];
  readonly decimals?: number | null;
}
/** Points and benchmark of bids with these prices, all of which passed the review. `first`: who is drawn, in this order. */
function scored(rule: PriceRule, prices: readonly string[], { k = null, ceiling = '10000000', first = [], decimals = null }: Asked = {}) {
  const quotes = prices.map((price, index) => ({ party: partyOf(index), price }));
  const { of, benchmark } = priceMethodOf(rule).score(rule, {
    bids: quotes.map(({ party, price }) => ({ party, evaluated: decimal(price) })),
    quotes,
    k,
    ceiling,
    drawPlace: (party) => (first.includes(party) ? `0${first.indexOf(party)}` : `1${party}`),
    benchmarkDecimals: decimals,
  });
  return { benchmark, points: of.map(({ score }) => score) };
}
const benchmarkOf = (rule: PriceRule, prices: readonly string[], asked?: Asked) => scored(rule, prices, asked).benchmark;

describe('benchmarks of domain.md §4.5', () => {
  it('TV-M2 weighs the trimmed mean against the ceiling: 9 231 116.00, not 9 347 240.00', () => {
    const rule = { kind: 'benchmark-ceiling', ...POINTS, trim: TABLE, k: { fixed: '0.97' }, k2: '0.92', meanPercent: '60' } as const;
    const found = benchmarkOf(rule, M1_LIST);
    expect([found?.mean, found?.price, found?.dropped]).toEqual(['9538000.00', '9231116.00', ['b05', 'b06']]);
    expect(found?.steps).toEqual({ ofMean: '5551116', ofCeiling: '3680000' });
    expect(benchmarkOf({ ...rule, k: { drawn: ['0.97', '0.98'] } }, M1_LIST, { k: '0.98' })?.price).toBe('9288344.00');
  });
  it('TV-M3 A 9 600 000, limit 7 045 350, C 8 900 000, pool of three, B drawn 9 020 000: 9 100 280.00', () => {
    const prices = ['8900000', '9020000', '9100000', '9250000', '9400000'];
    const found = benchmarkOf(M3, prices, { first: ['b02'] });
    expect(found?.steps).toEqual({ a: '9600000', limit: '7045350', c: '8900000', pool: 'b01, b02, b03', b: '9020000', drawn: 'b02' });
    expect(found?.price).toBe('9100280.00');
    // Whoever stands first in the draw and outside of the pool is not drawn.
    expect(benchmarkOf(M3, prices, { first: ['b05', 'b03', 'b02'] })?.steps).toMatchObject({ drawn: 'b03' });
  });
  it('M3 an empty pool leaves B = C; a limit that no price reaches leaves the lowest', () => {
    expect(benchmarkOf(M3, ['9300000', '9400000', '9500000'])?.steps).toMatchObject({ c: '9300000', pool: '', b: '9300000', drawn: '' });
    expect(benchmarkOf(M3, ['1000000', '1100000'])?.steps).toMatchObject({ c: '1000000' });
  });
  it('TV-M4 drops 1600 (53.85 %), then 600 (33.33 %): mean 1000, 900.00', () => {
    const rule = { kind: 'benchmark-iterative', ...POINTS, k: { fixed: '0.9' }, beyondPercent: '30' } as const;
    const found = benchmarkOf(rule, ['1000', '1020', '980', '1600', '600']);
    expect([found?.dropped, found?.mean, found?.price]).toEqual([['b04', 'b05'], '1000.00', '900.00']);
    expect(found?.steps).toEqual({ b04: '53.84615385', b05: '-33.33333333' });
    // Of two as far from the mean the higher goes; two are left whatever they are.
    expect(benchmarkOf(rule, ['100', '400', '700'])?.dropped).toEqual(['b03']);
    expect(benchmarkOf(rule, ['100', '700'])?.dropped).toEqual([]);
  });
  it('M5 measures from the lowest price', () => {
    const { benchmark, points } = scored({ kind: 'benchmark-lowest', ...POINTS }, ['1000', '1100', '900']);
    expect([benchmark?.price, points.map((value) => value.toFixed())]).toEqual(['900.00', ['48.89', '37.78', '60']]);
  });
  it('M6 draws nine inside the band, drops an end each, and takes the mean of the seven that are left', () => {
    const prices = Array.from({ length: 12 }, (_, index) => String(9_000_000 + index * 50_000));
    const found = benchmarkOf(M6, [...prices, '5000000'], { first: ['b13', 'b12', 'b11'] });
    expect(found?.steps?.['drawn']).toBe('b01, b02, b03, b04, b05, b06, b07, b11, b12');
    expect(found?.dropped).toEqual(['b01', 'b08', 'b09', 'b10', 'b12', 'b13']);
    // (9 050 000 + … + 9 300 000 + 9 500 000) / 7
    expect(found?.mean).toBe('9221428.57');
    expect(benchmarkOf(M6, ['9000000', '9100000'])?.dropped).toEqual([]);
    expect(benchmarkOf(M6, ['1000', '2000', '3000'])?.mean).toBe('2000.00');
  });
  it('TV-ROUND-01 the document may round the benchmark before it measures', () => {
    const trim = [{ below: null, low: 0, high: 0 }];
    const rule: PriceRule = { kind: 'benchmark-deviation', ...POINTS, betaDecimals: null, trim, k: { fixed: '1' } };
    const prices = ['100', '100', '101'];
    expect(scored(rule, prices).benchmark?.exact).toBe('100.33333333');
    expect(scored(rule, prices, { decimals: 0 }).benchmark?.exact).toBe('100');
    expect(scored(rule, prices, { decimals: 0 }).points.map((value) => value.toFixed())).toEqual(['60', '60', '59']);
    // Unit prices: rounded, nothing would be left to measure by.
    const small = scored(rule, ['0.30', '0.50'], { decimals: 0 });
    expect([small.benchmark?.exact, ...small.points.map((value) => value.toFixed())]).toEqual(['0.4', '47.5', '35']);
  });
  it('C13 parameters that contradict themselves are named at publication', () => {
    const faultOf = (rule: PriceRule) => priceMethodOf(rule).fault(rule);
    expect(faultOf({ ...M3, bPercent: '31' })).toBe('aPercent: the weights add to 101 percent, not to 100');
    expect(faultOf({ ...M6, drawn: 2 })).toBe('drawn: 2 are dropped of 2');
    expect(faultOf({ ...M6, bandLowPercent: '106' })).toBe('bandLowPercent: above 105');
    expect(faultOf({ kind: 'benchmark-lowest', ...POINTS, floor: '61' })).toBe('floor: above the full marks of 60');
    expect([faultOf(M3), faultOf(M6)]).toEqual([null, null]);
    expect(zPriceRule.safeParse({ ...M3, deltaPercent: '101' }).success).toBe(false);
  });
});

/** One rule of each kind, with figures that are good for any prices. */
const RULES: readonly PriceRule[] = [
  { kind: 'low-price-first', weight: '60' },
  { kind: 'benchmark-deviation', ...POINTS, trim: TABLE, k: { fixed: '0.97' } },
  { kind: 'benchmark-ceiling', ...POINTS, trim: TABLE, k: { fixed: '0.97' }, k2: '0.92', meanPercent: '60' },
  M3,
  { kind: 'benchmark-iterative', ...POINTS, k: { fixed: '0.97' }, beyondPercent: '30' },
  { kind: 'benchmark-lowest', ...POINTS },
  M6,
  { kind: 'lowest-evaluated-price' },
  { kind: 'fixed-price' },
];
const anyPrices = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 25 }).map((list) => list.map(String));

describe('every price method', () => {
  it('has its rule here', () => {
    expect(RULES.map(({ kind }) => kind).sort()).toEqual(PRICE_METHODS.map(({ kind }) => kind).sort());
  });
  it.each(RULES)('$kind: whatever the prices, points are numbers from 0 to the full marks', (rule) => {
    fc.assert(
      fc.property(anyPrices, (prices) => {
        const { points } = scored(rule, prices);
        const full = priceMethodOf(rule).fullMarks(rule);
        expect(points.every((value) => value.isFinite() && value.gte(0) && value.lte(full))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
  it.each(RULES)('$kind: the order in which bids stand in the list changes nobody’s points', (rule) => {
    fc.assert(
      fc.property(anyPrices, fc.integer({ min: 1, max: 24 }), (prices, by) => {
        const quotes = prices.map((price, index) => ({ party: partyOf(index), price }));
        const turned = [...quotes.slice(by % quotes.length), ...quotes.slice(0, by % quotes.length)];
        const run = (list: typeof quotes) =>
          Object.fromEntries(
            priceMethodOf(rule)
              .score(rule, {
                bids: list.map(({ party, price }) => ({ party, evaluated: decimal(price) })),
                quotes: list,
                k: null,
                ceiling: '10000000',
                drawPlace: (party) => party,
                benchmarkDecimals: null,
              })
              .of.map(({ score }, index) => [list[index]?.party ?? '', score.toFixed(8)]),
          );
        expect(run(turned)).toEqual(run(quotes));
      }),
      { numRuns: 50 },
    );
  });
  it.each(RULES.filter(({ kind }) => kind.startsWith('benchmark-')))(
    '$kind: further from the benchmark on one side is never better',
    (rule) => {
      fc.assert(
        fc.property(anyPrices, (prices) => {
          const { benchmark, points } = scored(rule, prices);
          const base = decimal(benchmark?.exact ?? '0');
          const rows = prices.map((price, index) => ({ price: decimal(price), points: points[index] ?? decimal(0) }));
          for (const isAbove of [true, false]) {
            const side = rows
              .filter(({ price }) => (isAbove ? price.gt(base) : price.lt(base)))
              .sort((one, two) => one.price.minus(base).abs().comparedTo(two.price.minus(base).abs()));
            side.forEach((row, index) => {
              const nearer = side[index - 1];
              expect(nearer === undefined || nearer.points.gte(row.points)).toBe(true);
            });
          }
        }),
        { numRuns: 50 },
      );
    },
  );
});
