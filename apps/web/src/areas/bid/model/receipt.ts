import { RequestError } from '@app/client';
import { zInstant } from '@app/contracts';
import { type CryptoProfile, verifyWith } from '@app/sealing';
import { z } from 'zod';
import type { BidAct } from './kept-bid.js';

/** Receipt of an act before the deadline as the venue gives it (电子招标投标办法 27); the salt opens the commitment to whoever acted. */
export const zReceipt = z.object({
  receipt: z.object({ v: z.literal(1), origin: z.string(), id: z.string(), commitment: z.string(), at: zInstant }),
  signature: z.string(),
  key: z.string(),
  place: z.object({ seq: z.int(), index: z.int(), proof: z.string() }).nullable(),
  opening: z.object({ salt: z.string(), text: z.string() }).nullable(),
});
export type Receipt = z.infer<typeof zReceipt>;

/** Throws `BAD_SIGNATURE` unless it is the venue's own word, by the key known from before, on this very act. */
export function checkReceipt(profile: CryptoProfile, answerKey: string, { signed, at }: BidAct, found: Receipt): void {
  const { receipt, signature } = found;
  if (found.key !== answerKey || !verifyWith(profile, answerKey, 'receipt', receipt, signature))
    throw new RequestError('BAD_SIGNATURE', 'the receipt is not signed by the venue');
  if (receipt.id !== signed.command.id || receipt.at !== at)
    throw new RequestError('BAD_SIGNATURE', 'the receipt is about another act, or names another time than the answer to it');
}
