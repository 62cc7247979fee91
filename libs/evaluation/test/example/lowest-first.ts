import { z } from 'zod';
import { decimal, priceMethod } from '@app/evaluation';

/** Worked example of docs/extending.md: every place behind the lowest price costs the same number of points. */
export const lowestFirst = priceMethod({
  kind: 'lowest-first',
  lawfulUnder: ['TENDER_LAW'],
  schema: z.strictObject({ kind: z.literal('lowest-first'), full: z.string(), perPlace: z.string() }),
  fullMarks: ({ full }) => full,
  preference: 'deduction',
  coefficient: () => null,
  score: ({ full, perPlace }, { bids }) => ({
    benchmark: null,
    of: bids.map(({ evaluated }) => {
      const ahead = bids.filter((other) => other.evaluated.lt(evaluated)).length;
      return { score: decimal(full).minus(decimal(perPlace).times(ahead)), beta: null };
    }),
  }),
});
