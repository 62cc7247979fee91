import { zDecimal } from '@app/contracts';
import { z } from 'zod';

/** `opening-sheet.json` (开标一览表), canonical JSON. Money in CNY. */
export const zOpeningSheet = z.strictObject({
  v: z.literal(1),
  price: zDecimal.refine((text) => !text.startsWith('-') && Number(text) > 0, 'not a price'),
  /** The price in words (大写), as the bidder wrote it. */
  priceWords: z.string().min(1).max(120),
  /** Days. */
  duration: z.string().max(60),
  quality: z.string().max(200),
  projectLead: z.string().max(60),
  validityDays: z.int().min(1).max(3_650),
  security: z.strictObject({ kind: z.string().max(60), amount: zDecimal }).nullable(),
  /** Policy statuses that the bidder claims (财库〔2020〕46号, 国办发〔2025〕34号). */
  claims: z.strictObject({ smallMicro: z.boolean(), domestic: z.boolean() }),
});
export type OpeningSheet = z.infer<typeof zOpeningSheet>;
