import { z } from 'zod';
import { decimal, exact, EXACT_DECIMALS, fixed } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { zNotNegative, zPositive } from '../fields.js';
import { priceMethod } from '../method.js';
import { benchmark, deviation, deviationScore, trimFault } from './score.js';

const zRule = z.strictObject({
  kind: z.literal('benchmark-deviation'),
  full: zPositive,
  floor: zNotNegative,
  /** Points lost per percent above / below the benchmark. */
  e1: zNotNegative,
  e2: zNotNegative,
  /** Decimals β is rounded to before scoring; null: unrounded (round once at the end). */
  betaDecimals: z.int().min(0).max(6).nullable(),
  /** Prices dropped at each end of the sorted list, by the number of prices: the first row whose `below` exceeds n applies. */
  trim: z.array(z.strictObject({ below: z.int().positive().nullable(), low: z.int().min(0), high: z.int().min(0) })).min(1),
  /** Coefficient K: a fixed value, or the values one is drawn from in public at the opening. */
  k: z.union([z.strictObject({ fixed: zPositive }), z.strictObject({ drawn: z.array(zPositive).min(2).max(50) })]),
});

/** 评标基准价 and 偏差率 (domain.md §4.5, M1): points are lost by the distance from the mean of the quotes times K. */
export const benchmarkDeviationMethod = priceMethod({
  kind: 'benchmark-deviation',
  // 87号令 55 knows low-price-first only.
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  // The benchmark is a mean of quoted prices: a price lowered by policy would only be further from it.
  preference: 'bonus',
  fault: ({ full, floor, trim }) => (decimal(floor).gt(full) ? `floor: above the full marks of ${full}` : trimFault(trim)),
  coefficient: ({ k }) => k,
  score: (rule, { bids, quotes, k: drawn }) => {
    const k = decimal('fixed' in rule.k ? rule.k.fixed : (drawn ?? '1'));
    const base = benchmark(
      quotes.map(({ price }) => decimal(price)),
      rule.trim,
      k,
    );
    return {
      benchmark: {
        set: quotes.map(({ party, price }) => ({ party, price })),
        dropped: base.dropped.map((index) => need(quotes[index]).party),
        mean: fixed(base.mean),
        k: k.toFixed(),
        price: fixed(base.price),
        exact: exact(base.price),
      },
      of: bids.map(({ evaluated }) => {
        const beta = deviation(evaluated, base.price, rule.betaDecimals);
        return { score: deviationScore(beta, rule), beta: fixed(beta, rule.betaDecimals ?? EXACT_DECIMALS) };
      }),
    };
  },
});
