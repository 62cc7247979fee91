import { z } from 'zod';
import { coefficientOf, deviationFault, deviationFields, quotedPrices, scoredBy, zCoefficient, zTrimTable } from '../deviation/fields.js';
import { benchmark } from '../deviation/score.js';
import { priceMethod } from '../method.js';

const zRule = z.strictObject({ kind: z.literal('benchmark-deviation'), ...deviationFields, trim: zTrimTable, k: zCoefficient });

/** 评标基准价 and 偏差率 (domain.md §4.5, M1; M7 with K = 1 and nothing trimmed): points are lost by the distance from the mean of the quotes times K. */
export const benchmarkDeviationMethod = priceMethod({
  kind: 'benchmark-deviation',
  // 87号令 55 knows low-price-first only.
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  // The benchmark is a mean of quoted prices: a price lowered by policy would only be further from it.
  preference: 'bonus',
  fault: deviationFault,
  coefficient: ({ k }) => k,
  score: (rule, input) => scoredBy(rule, input, benchmark(quotedPrices(input), rule.trim, coefficientOf(rule.k, input.k))),
});
