import { fromBase64Url } from '@app/contracts';
import type { BoxFault, BoxManifest } from '../box/manifest.js';
import { BoxOpener } from '../box/open-box.js';
import type { ByteSource } from '../container/byte-source.js';
import { chunksOf } from '../container/byte-source.js';
import { Feed, Intake } from '../container/intake.js';
import type { Reading } from '../container/intake.js';
import { giveBack } from '../container/spent.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { DeliveredBid, OpenedBid } from './bid-contents.js';
import { BidContents } from './bid-contents.js';
import type { BidFault } from './bid-index.js';
import { BidError, bidFault } from './bid-index.js';
import { fileKeyFits, INNER_HEADER_REACH, innerFormOf, innerHeaderHash, innerHeaderOf } from './inner-header.js';
import { walkLegacyBid } from './legacy-bid.js';
import { walkParts } from './walk-parts.js';

/** A bid's outer box with the master that keepers' released keys gave. */
export interface BidBox {
  readonly manifest: BoxManifest;
  readonly master: string;
}

/** `CIPHERTEXT` is the fault of whoever kept the bytes, `NOT_MASTER` and `FILE_KEY` of whoever asks; every other one is the bidder's. */
export type BidResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: { readonly code: BidCode; readonly message: string } };
export type BidCode = BoxFault['code'] | BidFault['code'];
export const isBiddersFault = (code: BidCode): boolean => !['CIPHERTEXT', 'NOT_MASTER', 'FILE_KEY'].includes(code);

/** The header that goes to the bidder; null in it when what was sealed has none. All of the box is checked, nothing inside it. */
export const extraction = (profile: CryptoProfile, box: BidBox): BidPass<string | null> => new BidPass(profile, box, readHeaderOnly());

/** Everything: the box, and that every part of the bid is the one that the bidder signed for. The bid evaluated is the bid delivered. */
export const opening = (profile: CryptoProfile, box: BidBox, delivered: DeliveredBid): BidPass<OpenedBid> =>
  new BidPass(profile, box, readBid(profile, delivered));

/**
 * The same for a box whose outer layer was taken off before without a fault (`extraction`): its ciphertext and content are not hashed again,
 * two of five hashes of opening a bid. No other bid gets through: the tags hold the container, and the inner header, the index and by it each
 * part are those that the bidder signed. Whose fault it is when it fails, only `opening` can say.
 */
export const reopening = (profile: CryptoProfile, box: BidBox, delivered: DeliveredBid): BidPass<OpenedBid> =>
  new BidPass(profile, box, readBid(profile, delivered), true);

/** Goes once over a bid's ciphertext from front to back, holding no more than a few chunks of it. */
export class BidPass<T> {
  readonly #box: BoxOpener | BoxFault;
  readonly #inner: Feed<T>;
  #fault: BidFault | null = null;

  constructor(profile: CryptoProfile, { manifest, master }: BidBox, inner: Reading<T>, isAgain = false) {
    this.#box = BoxOpener.begin(profile, manifest, master, isAgain);
    this.#inner = new Feed(inner);
  }

  push(ciphertext: Uint8Array): void {
    if (this.#box instanceof BoxOpener) this.#feed(this.#box.push(ciphertext));
  }

  /** Asked once, when all of it came. */
  end(): BidResult<T> {
    if (!(this.#box instanceof BoxOpener)) return { ok: false, fault: this.#box };
    this.#feed(this.#box.end());
    // What came out of a box with a fault says nothing.
    const fault = this.#box.fault() ?? this.#fault;
    if (fault !== null) return { ok: false, fault };
    try {
      return { ok: true, value: this.#inner.end() };
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    }
  }

  #feed(pieces: readonly Uint8Array[]): void {
    if (this.#fault !== null) return;
    try {
      for (const piece of pieces) this.#inner.push(piece);
      giveBack(pieces);
    } catch (error) {
      this.#fault = faultOf(error);
    }
  }
}

function faultOf(error: unknown): BidFault {
  if (error instanceof BidError) return error.fault;
  if (!(error instanceof Error)) throw error;
  if (error.name === 'ContainerError') return bidFault('CONTAINER', error.message);
  if (error.name === 'PayloadError' || error.name === 'HeaderError') return bidFault('INNER_BODY', error.message);
  throw error;
}

/** Goes over a ciphertext in memory. */
export function passBytes<T>(pass: BidPass<T>, ciphertext: Uint8Array): BidResult<T> {
  pass.push(ciphertext);
  return pass.end();
}

/** Goes over a ciphertext where it lies. */
export async function passSource<T>(pass: BidPass<T>, ciphertext: ByteSource): Promise<BidResult<T>> {
  for await (const chunk of chunksOf(ciphertext)) pass.push(chunk);
  return pass.end();
}

function* readHeaderOnly(): Reading<string | null> {
  return innerHeaderOf(yield* new Intake().peek(INNER_HEADER_REACH));
}

function* readBid(profile: CryptoProfile, delivered: DeliveredBid): Reading<OpenedBid> {
  const intake = new Intake();
  const begin = yield* intake.peek(INNER_HEADER_REACH);
  const form = innerFormOf(begin);
  const header = innerHeaderOf(begin);
  if (form === null || header === null || innerHeaderHash(profile, header) !== delivered.innerHeaderHash)
    throw new BidError(bidFault('INNER_HEADER', 'The inner layer does not start with the header that the bidder signed.'));
  if (!fileKeyFits(profile, header, delivered.fileKey))
    throw new BidError(bidFault('FILE_KEY', 'The file key does not fit the inner header.'));
  const contents = new BidContents(profile);
  const walk = form.v === 1 ? walkLegacyBid : walkParts;
  yield* walk(profile, fromBase64Url(delivered.fileKey), intake, contents);
  return contents.opened(delivered);
}
