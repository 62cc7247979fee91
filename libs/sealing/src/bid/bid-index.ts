import { parseCanonical, toBase64Url, utf8, zHash, zUuid } from '@app/contracts';
import { z } from 'zod';
import type { CryptoProfile } from '../profile/crypto-profile.js';

export const INDEX_FILE = 'index.json';
export const OPENING_SHEET_FILE = 'opening-sheet.json';
const BID_FILES_MAX = 1_000;

/** What a bid package says about itself: which lot and bidder it was made for, and every file in it. */
export const zBidIndex = z.strictObject({
  v: z.literal(1),
  kind: z.literal('bid'),
  origin: z.string().min(3).max(200),
  /** Credit code of the bidding organisation (统一社会信用代码): pseudonyms do not exist yet when a bid is made. */
  bidder: z.string().min(1).max(80),
  bid: zUuid,
  files: z
    .array(z.strictObject({ name: z.string().max(200), title: z.string().max(200), size: z.int().min(0), hash: zHash }))
    .min(1)
    .max(BID_FILES_MAX),
});
export type BidIndex = z.infer<typeof zBidIndex>;

/** Why a bid that was decrypted is not the bid that was delivered. */
export interface BidFault {
  readonly code:
    | 'FILE_KEY' // does not fit the MAC of the inner header
    | 'INNER_HEADER' // not the header whose hash was signed
    | 'INNER_BODY' // changed, cut or sealed with another key
    | 'CONTAINER' // not a canonical container
    | 'INDEX' // missing or not of this form
    | 'INDEX_COMMITMENT' // not the index that was signed
    | 'OTHER_LOT' // made for another lot, round or bid
    | 'OTHER_BIDDER' // made by somebody else
    | 'FILE'; // a file is missing, added or changed
  readonly message: string;
}

export const bidFault = (code: BidFault['code'], message: string): BidFault => ({ code, message });

/** Salt of the index commitment. It comes out of the file key, so whoever may open the bid can check the index, and nobody before. */
export function indexSalt(profile: CryptoProfile, fileKey: Uint8Array): string {
  return toBase64Url(profile.primitives.derive(fileKey, new Uint8Array(0), utf8('gongping/bid/v1/index-salt'), 32));
}

/** Reads an index from its canonical text; null when it has another form. */
export function readBidIndex(text: string): BidIndex | null {
  try {
    return zBidIndex.parse(parseCanonical(text));
  } catch {
    return null;
  }
}

export interface BidIdentity {
  readonly origin: string;
  readonly bidder: string;
  readonly bid: string;
}

/** Null, or why the index is of another lot, bidder or bid. */
export function identityFault(index: BidIndex, expected: BidIdentity): BidFault | null {
  if (index.origin !== expected.origin || index.bid !== expected.bid)
    return bidFault('OTHER_LOT', `The package was made for ${index.origin}, bid ${index.bid}.`);
  return index.bidder === expected.bidder ? null : bidFault('OTHER_BIDDER', `The package was made by ${index.bidder}.`);
}
