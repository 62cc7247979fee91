import { z } from 'zod';
import { decimal, type Decimal, exact, mean } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { zPositive } from '../fields.js';
import { coefficientOf, deviationFault, deviationFields, quotedPrices, scoredBy, zCoefficient } from '../deviation/fields.js';
import { priceMethod } from '../method.js';

const zRule = z.strictObject({
  kind: z.literal('benchmark-iterative'),
  ...deviationFields,
  /** μ. */
  k: zCoefficient,
  /** A price further from the mean than this percentage is removed. */
  beyondPercent: zPositive,
});

/** Prices that are never removed. */
const LEFT_MIN = 2;

interface Removal {
  readonly index: number;
  /** Percent of the mean of those that were left. */
  readonly deviation: Decimal;
}

/** Removes the price furthest from the mean while it is too far (between two as far, the higher), one after the other. */
function removeFar(prices: readonly Decimal[], beyondPercent: Decimal): { kept: number[]; removed: Removal[] } {
  let kept = prices.map((_, index) => index);
  const removed: Removal[] = [];
  while (kept.length > LEFT_MIN) {
    const average = mean(kept.map((index) => need(prices[index])));
    const far = kept
      .map((index): Removal => ({ index, deviation: need(prices[index]).minus(average).div(average).times(100) }))
      .reduce((one, two) => {
        const order = two.deviation.abs().comparedTo(one.deviation.abs());
        return order > 0 || (order === 0 && two.deviation.gt(one.deviation)) ? two : one;
      });
    if (far.deviation.abs().lte(beyondPercent)) break;
    kept = kept.filter((index) => index !== far.index);
    removed.push(far);
  }
  return { kept, removed };
}

/** M4 (domain.md §4.5), 逐次剔除法: D = mean × μ of the prices left when those too far from the mean are gone. */
export const benchmarkIterativeMethod = priceMethod({
  kind: 'benchmark-iterative',
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  preference: 'bonus',
  fault: deviationFault,
  coefficient: ({ k }) => k,
  score: (rule, input) => {
    const prices = quotedPrices(input);
    const { kept, removed } = removeFar(prices, decimal(rule.beyondPercent));
    const average = mean(kept.map((index) => need(prices[index])));
    const k = coefficientOf(rule.k, input.k);
    const steps = Object.fromEntries(removed.map(({ index, deviation }) => [need(input.quotes[index]).party, exact(deviation)]));
    return scoredBy(rule, input, { dropped: removed.map(({ index }) => index), mean: average, k, price: average.times(k), steps });
  },
});
