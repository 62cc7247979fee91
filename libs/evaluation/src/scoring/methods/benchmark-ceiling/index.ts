import { z } from 'zod';
import { decimal, exact } from '../../../kernel/decimal.js';
import { zPositive } from '../fields.js';
import {
  coefficientOf,
  deviationFault,
  deviationFields,
  quotedPrices,
  scoredBy,
  zCoefficient,
  zShare,
  zTrimTable,
} from '../deviation/fields.js';
import { benchmark } from '../deviation/score.js';
import { priceMethod } from '../method.js';

const zRule = z.strictObject({
  kind: z.literal('benchmark-ceiling'),
  ...deviationFields,
  trim: zTrimTable,
  /** K1, of the trimmed mean. */
  k: zCoefficient,
  /** K2, of the ceiling (最高投标限价). */
  k2: zPositive,
  /** Q in percent: how much the mean weighs beside the ceiling. */
  meanPercent: zShare,
});

/** M2 (domain.md §4.5), 限价复合法: D = A × K1 × Q + C₀ × K2 × (1 − Q), with A the trimmed mean and C₀ the ceiling. */
export const benchmarkCeilingMethod = priceMethod({
  kind: 'benchmark-ceiling',
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  preference: 'bonus',
  fault: deviationFault,
  coefficient: ({ k }) => k,
  score: (rule, input) => {
    const base = benchmark(quotedPrices(input), rule.trim, coefficientOf(rule.k, input.k));
    const q = decimal(rule.meanPercent).div(100);
    const ofCeiling = decimal(input.ceiling).times(rule.k2).times(decimal(1).minus(q));
    const ofMean = base.price.times(q);
    return scoredBy(rule, input, {
      ...base,
      price: ofMean.plus(ofCeiling),
      steps: { ofMean: exact(ofMean), ofCeiling: exact(ofCeiling) },
    });
  },
});
