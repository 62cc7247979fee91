import { z } from 'zod';
import { decimal } from '../../../kernel/decimal.js';
import { zPositive } from '../fields.js';
import { priceMethod } from '../method.js';
import { lowPriceFirst as points } from './score.js';

/** 低价优先法 (87号令 55): the lowest evaluated price gets every point, the others in proportion. */
export const lowPriceFirstMethod = priceMethod({
  kind: 'low-price-first',
  lawfulUnder: ['TENDER_LAW', 'GOV_PROCUREMENT'],
  schema: z.strictObject({ kind: z.literal('low-price-first'), weight: zPositive }),
  fullMarks: ({ weight }) => weight,
  preference: 'deduction',
  coefficient: () => null,
  score: ({ weight }, { bids }) => {
    const lowest = bids.map(({ evaluated }) => evaluated).reduce((low, price) => (price.lt(low) ? price : low));
    return { benchmark: null, of: bids.map(({ evaluated }) => ({ score: points(evaluated, lowest, decimal(weight)), beta: null })) };
  },
});
