import { z } from 'zod';
import { decimal } from '../../../kernel/decimal.js';
import { priceMethod } from '../method.js';

/**
 * 经评审的最低投标价法 (12号令 29–33) and 最低评标价法 (87号令 54): nobody gets points; the lowest evaluated price is first. What the document adds to
 * a price (its `ADJUSTMENT` items) and what policy deducts is done before.
 */
export const lowestEvaluatedPriceMethod = priceMethod({
  kind: 'lowest-evaluated-price',
  lawfulUnder: ['TENDER_LAW', 'GOV_PROCUREMENT'],
  schema: z.strictObject({ kind: z.literal('lowest-evaluated-price') }),
  ranksBy: 'evaluated-price',
  fullMarks: () => '0',
  preference: 'deduction',
  coefficient: () => null,
  score: (_rule, { bids }) => ({ benchmark: null, of: bids.map(() => ({ score: decimal(0), beta: null })) }),
});
