import type { ActReceipt } from '@app/archive';
import { RequestError } from '@app/client';
import { type CryptoProfile, verifyWith } from '@app/sealing';
import type { BidAct } from './kept-bid.js';

/** Throws `BAD_SIGNATURE` unless it is the venue's own word, by the key known from before, on this very act. */
export function checkReceipt(profile: CryptoProfile, answerKey: string, { signed, at }: BidAct, found: ActReceipt): void {
  const { receipt, signature } = found;
  if (found.key !== answerKey || !verifyWith(profile, answerKey, 'receipt', receipt, signature))
    throw new RequestError('BAD_SIGNATURE', 'the receipt is not signed by the venue');
  if (receipt.id !== signed.command.id || receipt.at !== at)
    throw new RequestError('BAD_SIGNATURE', 'the receipt is about another act, or names another time than the answer to it');
}
