import { z } from 'zod';
import { decimal, Decimal } from '../../../kernel/decimal.js';
import { deviationFault, deviationFields, quotedPrices, scoredBy } from '../deviation/fields.js';
import { priceMethod } from '../method.js';

/** M5 (domain.md §4.5): the lowest price of the bids that passed the review is the 评标基准价. */
export const benchmarkLowestMethod = priceMethod({
  kind: 'benchmark-lowest',
  lawfulUnder: ['TENDER_LAW'],
  schema: z.strictObject({ kind: z.literal('benchmark-lowest'), ...deviationFields }),
  fullMarks: ({ full }) => full,
  preference: 'bonus',
  fault: deviationFault,
  coefficient: () => null,
  score: (rule, input) => {
    const lowest = Decimal.min(...quotedPrices(input));
    return scoredBy(rule, input, { dropped: [], mean: lowest, k: decimal(1), price: lowest });
  },
});
