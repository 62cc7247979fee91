import { z } from 'zod';
import { decimal, Decimal, exact, mean } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { zPositive } from '../fields.js';
import { coefficientOf, deviationFault, deviationFields, quotedPrices, scoredBy, zCoefficient, zShare } from '../deviation/fields.js';
import { priceMethod } from '../method.js';

const zRule = z.strictObject({
  kind: z.literal('benchmark-three-part'),
  ...deviationFields,
  k: zCoefficient,
  /** Δ: A = C₀ × (1 − Δ). */
  deltaPercent: zShare,
  /** Weights of A, B and C; together 100. */
  aPercent: zShare,
  bPercent: zShare,
  cPercent: zShare,
  /** Lower limit = (mean × this + C₀ × the rest) × `limitPercent`. */
  limitMeanPercent: zShare,
  limitPercent: zShare,
  /** B is drawn from the prices in [C, A × this). */
  poolPercent: zPositive,
});

/**
 * M3 (domain.md §4.5), 三部分合成法: D = (A × a + B × b + C × c) × K. C is the lowest price at or above the limit (of all, where none is); B is the
 * first price of its pool in the order of the lot's draw, or C where the pool is empty.
 */
export const benchmarkThreePartMethod = priceMethod({
  kind: 'benchmark-three-part',
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  preference: 'bonus',
  fault: (rule) => {
    const weights = decimal(rule.aPercent).plus(rule.bPercent).plus(rule.cPercent);
    return deviationFault(rule) ?? (weights.eq(100) ? null : `aPercent: the weights add to ${weights.toFixed()} percent, not to 100`);
  },
  coefficient: ({ k }) => k,
  drawsPrices: true,
  score: (rule, input) => {
    const prices = quotedPrices(input);
    const share = (percent: string): Decimal => decimal(percent).div(100);
    const average = mean(prices);
    const limit = average
      .times(share(rule.limitMeanPercent))
      .plus(decimal(input.ceiling).times(decimal(1).minus(share(rule.limitMeanPercent))))
      .times(share(rule.limitPercent));
    const a = decimal(input.ceiling).times(decimal(1).minus(share(rule.deltaPercent)));
    const reaching = prices.filter((price) => price.gte(limit));
    const c = Decimal.min(...(reaching.length === 0 ? prices : reaching));
    const below = a.times(share(rule.poolPercent));
    const pool = input.quotes.filter(({ price }) => decimal(price).gte(c) && decimal(price).lt(below));
    const drawn = [...pool].sort((one, two) => (input.drawPlace(one.party) < input.drawPlace(two.party) ? -1 : 1))[0];
    const b = drawn === undefined ? c : decimal(drawn.price);
    const k = coefficientOf(rule.k, input.k);
    const sum = a
      .times(share(rule.aPercent))
      .plus(b.times(share(rule.bPercent)))
      .plus(c.times(share(rule.cPercent)));
    return scoredBy(rule, input, {
      dropped: [],
      mean: average,
      k,
      price: sum.times(k),
      steps: {
        a: exact(a),
        limit: exact(limit),
        c: exact(c),
        pool: pool.map(({ party }) => party).join(', '),
        b: exact(b),
        drawn: drawn === undefined ? '' : need(drawn).party,
      },
    });
  },
});
