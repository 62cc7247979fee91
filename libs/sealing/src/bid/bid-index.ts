import { canonicalText, parseCanonical, toBase64Url, utf8, zHash, zUuid } from '@app/contracts';
import { z } from 'zod';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { readLegacyIndex } from './legacy-index.js';
import { BID_PARTS_MAX, PART_TYPES, partId, zPartId } from './part-type.js';

/** An index and an opening sheet are held in memory, and stand in the log. */
export const INDEX_BYTES_MAX = 1 << 20;
export const SHEET_BYTES_MAX = 1 << 18;
export const SHEET_MEDIA = 'application/json';

const zPart = z.strictObject({
  id: zPartId,
  type: z.enum(PART_TYPES),
  /** For people. */
  title: z.string().min(1).max(200),
  /** Media type (RFC 6838) without parameters. */
  media: z.string().regex(/^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/),
  size: z.int().min(0),
  hash: zHash,
});

/** What a bid says about itself: which lot and bidder it was made for, and every part of it. */
export const zBidIndex = z
  .strictObject({
    v: z.literal(2),
    kind: z.literal('bid'),
    origin: z.string().min(3).max(200),
    /** Credit code of the bidding organisation (统一社会信用代码): pseudonyms do not exist yet when a bid is made. */
    bidder: z.string().min(1).max(80),
    bid: zUuid,
    parts: z.array(zPart).min(1).max(BID_PARTS_MAX),
  })
  .refine(({ parts }) => parts.every(({ id }, at) => id === partId(at + 1)), 'parts are not numbered from 0001 on')
  .refine(({ parts }) => parts.filter(({ type }) => type === 'OPENING_SHEET').length === 1, 'not exactly one opening sheet')
  .refine(
    ({ parts }) => parts.every(({ type, media, size }) => type !== 'OPENING_SHEET' || (media === SHEET_MEDIA && size <= SHEET_BYTES_MAX)),
    `the opening sheet is not ${SHEET_MEDIA} of at most ${SHEET_BYTES_MAX} bytes`,
  );

export interface BidPart extends z.infer<typeof zPart> {
  /** Name of its file in the container. */
  readonly place: string;
}

/** An index of either form, as everybody but its reader knows it. */
export interface BidIndex {
  readonly v: 1 | 2;
  readonly origin: string;
  readonly bidder: string;
  readonly bid: string;
  readonly parts: readonly BidPart[];
}

/** Why a bid that was decrypted is not the bid that was delivered. All but `FILE_KEY` are the bidder's fault. */
export interface BidFault {
  readonly code:
    | 'FILE_KEY' // does not fit the MAC of the inner header
    | 'INNER_HEADER' // not the header whose hash was signed
    | 'INNER_BODY' // the index (form 1: everything) was changed, cut or sealed with another key
    | 'CONTAINER' // not a canonical container
    | 'INDEX' // missing or not of this form
    | 'INDEX_COMMITMENT' // not the index that was signed
    | 'OTHER_LOT' // made for another lot, round or bid
    | 'OTHER_BIDDER' // made by somebody else
    | 'PART'; // a part is missing, added, changed or sealed with another key than its own
  readonly message: string;
}

export const bidFault = (code: BidFault['code'], message: string): BidFault => ({ code, message });

/** Thrown by what reads a bid piece by piece. */
export class BidError extends Error {
  constructor(readonly fault: BidFault) {
    super(fault.message);
    this.name = 'BidError';
  }
}

/** Salt of the index commitment. It comes out of the file key, so whoever may open the bid can check the index, and nobody before. */
export function indexSalt(profile: CryptoProfile, fileKey: Uint8Array, v: 1 | 2): string {
  return toBase64Url(profile.primitives.derive(fileKey, new Uint8Array(0), utf8(`gongping/bid/v${v}/index-salt`), 32));
}

export const partPlace = (id: string): string => `parts/${id}.age`;

/** Reads an index of either form from its canonical text; null when it has another form. */
export function readBidIndex(text: string): BidIndex | null {
  try {
    const value = parseCanonical(text);
    const read = zBidIndex.safeParse(value);
    if (!read.success) return readLegacyIndex(value);
    const { origin, bidder, bid, parts } = read.data;
    return { v: 2, origin, bidder, bid, parts: parts.map((part) => ({ ...part, place: partPlace(part.id) })) };
  } catch {
    return null;
  }
}

/** The opening sheet among the parts: at most one. */
export const sheetOf = ({ parts }: BidIndex): BidPart | undefined => parts.find(({ type }) => type === 'OPENING_SHEET');

/** Canonical text of an index of the present form. Throws when it is none. */
export const indexText = (index: z.infer<typeof zBidIndex>): string => canonicalText(zBidIndex.parse(index));

export interface BidIdentity {
  readonly origin: string;
  readonly bidder: string;
  readonly bid: string;
}

/** Null, or why the index is of another lot, bidder or bid. */
export function identityFault(index: BidIdentity, expected: BidIdentity): BidFault | null {
  if (index.origin !== expected.origin || index.bid !== expected.bid)
    return bidFault('OTHER_LOT', `The package was made for ${index.origin}, bid ${index.bid}.`);
  return index.bidder === expected.bidder ? null : bidFault('OTHER_BIDDER', `The package was made by ${index.bidder}.`);
}
