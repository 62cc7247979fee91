import { zDecimal } from '@app/contracts';
import { z } from 'zod';

/** Families of fonts as documents ask for them: 宋体, 仿宋, 黑体, 楷体, and Times New Roman for figures and letters. */
export const BLIND_FONTS = ['song', 'fangsong', 'hei', 'kai', 'times'] as const;
/** Millimetres, upright. */
export const BLIND_PAPERS = { A4: { width: 210, height: 297 }, A3: { width: 297, height: 420 } } as const;

const zMillimetres = zDecimal.refine((text) => !text.startsWith('-') && Number(text) <= 200, 'not 0 to 200 millimetres');
const zPoints = zDecimal.refine((text) => Number(text) > 0 && Number(text) <= 72, 'not above 0 and up to 72 points');

/**
 * 暗标格式: what the technical part of a bid (技术暗标) must look like, so that nobody who scores it can tell by its looks whose it is. It is
 * compared where the bid is made, before it is sealed: whoever breaches it can still mend it. Null, empty or false: nothing is asked.
 */
export const zBlindFormat = z.strictObject({
  /** A bid with a breach is not sealed by the client; or its bidder is told, and decides. */
  breach: z.enum(['refuse', 'warn']),
  paper: z.enum(['A4', 'A3']).nullable(),
  /** Of all files of the technical part. */
  pagesMax: z.int().min(1).max(5_000).nullable(),
  /** Nothing stands outside of them, 页眉, 页脚 and 页码 neither; `tolerance` for what a printer's driver rounds. */
  margins: z
    .strictObject({ top: zMillimetres, bottom: zMillimetres, left: zMillimetres, right: zMillimetres, tolerance: zMillimetres })
    .nullable(),
  fonts: z.array(z.enum(BLIND_FONTS)).max(BLIND_FONTS.length),
  /** Points: 14 is 四号, 10.5 is 五号. */
  sizes: z.array(zPoints).max(10),
  /** Neither bold nor italics. */
  isPlain: z.boolean(),
  /** Text and lines are black. */
  isBlack: z.boolean(),
  withoutPictures: z.boolean(),
  /** Neither names nor numbers nor addresses by which the bidder could be told, hidden text neither. */
  isUnnamed: z.boolean(),
  /** No author, company or name of the bidder among the properties of the file. */
  withoutMetadata: z.boolean(),
});
export type BlindFormat = z.infer<typeof zBlindFormat>;
