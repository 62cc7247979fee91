import { zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';
import { zCorrectionRule } from './correction.js';

/** Proposals that a lot takes, but for those that the rules ask for. */
export const MOTIONS_MAX = 300;

/** Named by whoever proposes; once in a lot. */
export const zMotionName = z.strictObject({ motion: zName });

/** Longer than the limit of the rule set, if the committee grants more. */
const zMinutes = z.int().min(1).max(1_440).exactOptional();
/** 投标文件中的位置: file and page, as people say it. */
const zPlace = z.string().trim().min(1).max(300);

/**
 * Secret `motion`: what the committee decides on.
 * - `REJECTION` 否决投标, on a ground of the law; `CORRECTION` 算术修正; `LOW_PRICE` asks for an explanation of the price (异常低价);
 * - `UNPROVEN`: the explanation does not prove the price; `NO_COMPETITION`: too few bids are left to compete (12号令 27);
 * - `DOCUMENT_FLAWED`: the document can not be evaluated by (87号令 65).
 */
export const zMotion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('REJECTION'), bidder: zName, ground: z.string().max(60), place: zPlace, reason: zText }),
  z.strictObject({
    kind: z.literal('CORRECTION'),
    bidder: zName,
    correction: zCorrectionRule,
    place: zPlace,
    reason: zText,
    minutes: zMinutes,
  }),
  z.strictObject({ kind: z.literal('LOW_PRICE'), bidder: zName, reason: zText, minutes: zMinutes }),
  z.strictObject({ kind: z.literal('UNPROVEN'), bidder: zName, reason: zText }),
  z.strictObject({ kind: z.literal('NO_COMPETITION'), reason: zText }),
  z.strictObject({ kind: z.literal('DOCUMENT_FLAWED'), place: zPlace, reason: zText }),
]);
export type MotionContent = z.infer<typeof zMotion>;
export type MotionKind = MotionContent['kind'];

/** Secret `vote`. A reason is owed by whoever is against. */
export const zMotionVote = z.strictObject({ isFor: z.boolean(), reason: z.string().trim().max(4_000) });

/** Secret `answer`: to a correction, whether the bidder confirms it; to a question about the price, the explanation, with files by their hash. */
export const zMotionAnswer = z.strictObject({
  confirms: z.boolean().nullable(),
  text: zText,
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), hash: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(20)
    .default([]),
});
