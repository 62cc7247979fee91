import { z } from 'zod';
import { decimal } from '../../../kernel/decimal.js';
import { priceMethod } from '../method.js';

/** 执行国家统一定价标准和采用固定价格采购的项目，其价格不列为评审因素 (87号令 55): the price gives no points, and nothing is preferred by it. */
export const fixedPriceMethod = priceMethod({
  kind: 'fixed-price',
  lawfulUnder: ['GOV_PROCUREMENT'],
  schema: z.strictObject({ kind: z.literal('fixed-price') }),
  fullMarks: () => '0',
  preference: 'none',
  coefficient: () => null,
  score: (_rule, { bids }) => ({ benchmark: null, of: bids.map(() => ({ score: decimal(0), beta: null })) }),
});
