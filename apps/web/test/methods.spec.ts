import { decimal, type PriceRule, priceMethodOf } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { en } from '../src/locales/langs/en/index.js';
import { zhCn } from '../src/locales/langs/zh-cn/index.js';

type Kind = PriceRule['kind'];
const POINTS = { full: '60', floor: '0', e1: '1', e2: '0.5', betaDecimals: 2, k: { fixed: '0.98' } } as const;
const { k: _k, ...NO_K } = POINTS;
/** One rule of each kind: a new one is missing here until it has one. */
const RULES: { readonly [K in Kind]: Extract<PriceRule, { kind: K }> } = {
  'low-price-first': { kind: 'low-price-first', weight: '30' },
  'benchmark-deviation': { kind: 'benchmark-deviation', ...POINTS, trim: [{ below: null, low: 1, high: 1 }] },
  'benchmark-ceiling': {
    kind: 'benchmark-ceiling',
    ...POINTS,
    trim: [{ below: null, low: 1, high: 1 }],
    k2: '0.92',
    meanPercent: '60',
  },
  'benchmark-three-part': {
    kind: 'benchmark-three-part',
    ...POINTS,
    deltaPercent: '4',
    aPercent: '50',
    bPercent: '30',
    cPercent: '20',
    limitMeanPercent: '70',
    limitPercent: '75',
    poolPercent: '95',
  },
  'benchmark-iterative': { kind: 'benchmark-iterative', ...POINTS, beyondPercent: '10' },
  'benchmark-lowest': { kind: 'benchmark-lowest', ...NO_K },
  'benchmark-random': {
    kind: 'benchmark-random',
    ...POINTS,
    drawn: 3,
    low: 1,
    high: 1,
    meanPercent: '60',
    bandLowPercent: '50',
    bandHighPercent: '120',
  },
  'lowest-evaluated-price': { kind: 'lowest-evaluated-price' },
  'fixed-price': { kind: 'fixed-price' },
};
const quotes = ['5000', '9020', '9100', '9250', '9400'].map((price, index) => ({ party: `bidder-${String(index + 1)}`, price }));

describe('what the result says of a price method', () => {
  it.each(Object.values(RULES).map((rule) => [rule.kind, rule] as const))(
    '%s: its name, and every figure on the way to its benchmark',
    (_kind, rule) => {
      const { benchmark } = priceMethodOf(rule).score(rule, {
        bids: quotes.map(({ party, price }) => ({ party, evaluated: decimal(price) })),
        quotes,
        k: null,
        ceiling: '10000',
        drawPlace: (party) => party,
        benchmarkDecimals: null,
      });
      // What a method removes it names by the bidder.
      const steps = Object.keys(benchmark?.steps ?? {}).filter((name) => !quotes.some(({ party }) => party === name));
      for (const { benchmarkStep } of [zhCn, en]) expect(steps.filter((name) => !Object.hasOwn(benchmarkStep, name))).toEqual([]);
    },
  );
});
