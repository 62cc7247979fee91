import { zBytes, zHash, zInstant, zOpening, zUuid } from '@app/contracts';
import { z } from 'zod';
import { zPlatformEntry } from './format.js';

/** A note with more signatures than an installation has witnesses is none. */
export const NOTE_CHARS_MAX = 65_536;

/**
 * Receipt of an act before the deadline (回执; 电子招标投标办法 27): the venue's signed word at once, and what proves it without the venue
 * as soon as a witnessed head of the platform log covers the act. Whoever acted is given what the commitment was made from, too.
 */
export const zActReceipt = z.strictObject({
  receipt: z.strictObject({ v: z.literal(1), origin: z.string().min(1).max(200), id: zUuid, commitment: zHash, at: zInstant }),
  /** By `key`, under SIGNING_PREFIX.receipt. */
  signature: zBytes.max(400),
  key: zBytes.max(400),
  /** Name of the crypto profile. */
  profile: z.string().min(1).max(40),
  /** The platform entry, where in it the commitment stands, and the head that it is under, with cosignatures; null until there is one. */
  proof: zPlatformEntry.extend({ index: z.int().min(0), checkpoint: z.string().max(NOTE_CHARS_MAX) }).nullable(),
  opening: zOpening.nullable(),
});
export type ActReceipt = z.infer<typeof zActReceipt>;
