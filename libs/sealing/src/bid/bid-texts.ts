import { fromBase64Url } from '@app/contracts';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidFault, BidIdentity } from './bid-index.js';
import { bidFault, identityFault, indexSalt, readBidIndex, sheetOf } from './bid-index.js';

/** Index and opening sheet as texts, without the other parts: what the rules read. */
export interface BidTexts {
  readonly index: string;
  readonly openingSheet: string;
}

/** Null when the texts are those of the delivered bid: commitment, lot, bidder, opening sheet named by the index. Pure and cheap. */
export function checkBidTexts(
  profile: CryptoProfile,
  texts: BidTexts,
  expected: BidIdentity & { readonly fileKey: string; readonly indexCommitment: string },
): BidFault | null {
  let fileKey: Uint8Array;
  try {
    fileKey = fromBase64Url(expected.fileKey);
  } catch {
    return bidFault('FILE_KEY', 'The file key is not base64url.');
  }
  const index = readBidIndex(texts.index);
  if (index === null) return bidFault('INDEX', 'The index is missing or not of this form.');
  if (profile.commitment(indexSalt(profile, fileKey, index.v), texts.index) !== expected.indexCommitment)
    return bidFault('INDEX_COMMITMENT', 'The index is not the one that the bidder signed.');
  if (sheetOf(index)?.hash !== profile.hashHex(texts.openingSheet))
    return bidFault('PART', 'The opening sheet is not the one that the index names.');
  return identityFault(index, expected);
}
