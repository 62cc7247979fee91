import { zBytes, zHash, zInstant, zUuid } from '@app/contracts';
import { bidContext, BIDS_PURPOSE, checkKeepers, type CryptoProfile, innerHeaderHash, type LocalSigner } from '@app/sealing';
import { type SealedBid, signWith, verifyWith, zBoxManifest } from '@app/sealing';
import { z } from 'zod';
import type { BidKeepers } from './keepers.js';

/** A sealed bid, until it is delivered. What is in it only its index says, which is sealed too. */
export interface SealedPackage {
  /** Id of the bid. */
  readonly bid: string;
  readonly sealed: Omit<SealedBid, 'parts'>;
  /** Bytes of the ciphertext. */
  readonly size: number;
  /** By the clock of the machine that sealed it. */
  readonly at: string;
}

/** What a bid was sealed as, signed under SIGNING_PREFIX.sealedBid by the key of the bidder's certificate. */
const zSealedStatement = z.strictObject({
  v: z.literal(1),
  kind: z.literal('sealed-bid'),
  origin: z.string().min(3).max(200),
  /** Credit code of the bidding organisation (统一社会信用代码). */
  bidder: z.string().min(1).max(80),
  bid: zUuid,
  at: zInstant,
  manifest: zBoxManifest,
  innerHeader: zBytes.max(1_000),
  innerHeaderHash: zHash,
  indexCommitment: zHash,
});

/**
 * A sealed bid that is handed in from another machine than the one that sealed it: this file, and the ciphertext beside it. Signed, so that a
 * package that somebody put in its place on the way is found before it is delivered in the bidder's name.
 */
const zSealedBidFile = z.strictObject({ statement: zSealedStatement, signature: zBytes.max(200) });
export type SealedBidFile = z.infer<typeof zSealedBidFile>;

/** Largest such file that is read, in characters. */
const SEALED_FILE_MAX = 64 * 1024;

/** Whose sealed bid it must be to be delivered here. */
export interface ExpectedBid extends BidKeepers {
  readonly origin: string;
  readonly bidder: string;
  /** Key of the certificate of who delivers it. */
  readonly publicKey: string;
}

/**
 * `packageForm`: no such file; `packageLot`: for another lot; `packageBidder`: another bidder's; `packageUnsigned`: changed, or signed by another
 * certificate; `packageKeepers`: sealed to other keys than the keepers of this lot published.
 */
export type PackageFault = 'packageForm' | 'packageLot' | 'packageBidder' | 'packageUnsigned' | 'packageKeepers';

export class PackageError extends Error {
  override readonly name = 'PackageError';
  constructor(
    readonly fault: PackageFault,
    message: string,
  ) {
    super(message);
  }
}

export function sealedBidFile(
  signer: LocalSigner,
  { origin, bidder }: Pick<ExpectedBid, 'origin' | 'bidder'>,
  { bid, at, sealed }: Pick<SealedPackage, 'bid' | 'at' | 'sealed'>,
): SealedBidFile {
  const { manifest, innerHeader, innerHeaderHash: hash, indexCommitment } = sealed;
  const statement = {
    v: 1,
    kind: 'sealed-bid',
    origin,
    bidder,
    bid,
    at,
    manifest,
    innerHeader,
    innerHeaderHash: hash,
    indexCommitment,
  } as const;
  return { statement, signature: signWith(signer, 'sealedBid', statement) };
}

/** Reads the text of a {@link SealedBidFile}. Throws {@link PackageError} unless the bid may be delivered here. */
export function readSealedBid(profile: CryptoProfile, text: string, expected: ExpectedBid): SealedPackage {
  const { statement, signature } = parse(text);
  const { origin, bidder, bid, at, manifest, innerHeader, indexCommitment } = statement;
  if (origin !== expected.origin) throw new PackageError('packageLot', `it was sealed for ${origin}`);
  if (bidder !== expected.bidder) throw new PackageError('packageBidder', `it was sealed by ${bidder}`);
  if (!verifyWith(profile, expected.publicKey, 'sealedBid', statement, signature))
    throw new PackageError('packageUnsigned', 'the signature is not one of this certificate over this content');
  if (innerHeaderHash(profile, innerHeader) !== statement.innerHeaderHash)
    throw new PackageError('packageForm', 'the inner header is not the one that it names');
  const terms = { purpose: BIDS_PURPOSE, context: bidContext({ origin, bidder, bid }), threshold: expected.threshold };
  const fault = checkKeepers(manifest, expected.keepers, terms);
  if (fault !== null) throw new PackageError('packageKeepers', fault.message);
  const sealed = { manifest, innerHeader, innerHeaderHash: statement.innerHeaderHash, indexCommitment };
  return { bid, at, size: manifest.ciphertext.size, sealed };
}

function parse(text: string): SealedBidFile {
  if (text.length > SEALED_FILE_MAX) throw new PackageError('packageForm', 'larger than such a file can be');
  try {
    return zSealedBidFile.parse(JSON.parse(text));
  } catch (error) {
    throw new PackageError('packageForm', error instanceof Error ? error.message : 'not JSON');
  }
}
