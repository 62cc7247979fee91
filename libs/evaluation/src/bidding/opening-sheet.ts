import { zDecimal } from '@app/contracts';
import { z } from 'zod';
import { zMoney, zPrice } from '../kernel/fields.js';

/**
 * 联合协议 or 分包意向协议 with small and micro enterprises (财库〔2020〕46号 9). `percent`: their share of the contract; `isAllSmall`: every member
 * of the consortium is one; `isIndependent`: the declaration that none of them holds shares in, or manages, another.
 */
const zPartners = z.strictObject({
  form: z.enum(['CONSORTIUM', 'SUBCONTRACT']),
  percent: zDecimal.refine((text) => !text.startsWith('-') && Number(text) > 0 && Number(text) <= 100, 'not a share'),
  isAllSmall: z.boolean(),
  isIndependent: z.boolean(),
});

const sheetWith = <P extends z.ZodType<string>, M extends z.ZodType<string>>(price: P, money: M) =>
  z.strictObject({
    v: z.literal(1),
    price,
    /** The price in words (大写), as the bidder wrote it. */
    priceWords: z.string().min(1).max(120),
    /** Days. */
    duration: z.string().max(60),
    quality: z.string().max(200),
    projectLead: z.string().max(60),
    validityDays: z.int().min(1).max(3_650),
    security: z.strictObject({ kind: z.string().max(60), amount: money }).nullable(),
    /** Brand of the core product (核心产品) that the tender document names, where it names one (87号令 31). */
    coreBrand: z.string().min(1).max(100).exactOptional(),
    /** Policy statuses that the bidder claims (财库〔2020〕46号, 国办发〔2025〕34号). */
    claims: z.strictObject({ smallMicro: z.boolean(), domestic: z.boolean(), partners: zPartners.exactOptional() }),
  });

/** `opening-sheet.json` (开标一览表), canonical JSON. Money in CNY. */
export const zOpeningSheet = sheetWith(zPrice, zMoney);
/** The same of a bid that is opened: engines up to 0.2.0 let prices with more decimals pass. */
export const zOpenedSheet = sheetWith(
  zDecimal.refine((text) => !text.startsWith('-') && Number(text) > 0, 'not a price'),
  zDecimal,
);
export type OpeningSheet = z.infer<typeof zOpeningSheet>;
