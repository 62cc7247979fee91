import type { JsonObject } from '@app/contracts';
import { canonicalText, concatBytes, toBase64Url, utf8 } from '@app/contracts';
import { FileSealer, freshSecrets, sealFile } from '../age/age-file.js';
import type { FileSecrets } from '../age/age-file.js';
import { FILE_KEY_SIZE, HEADER_SIZE } from '../age/age-header.js';
import { rawAgreementKey } from '../box/dealing.js';
import type { BoxKeeper, BoxManifest } from '../box/manifest.js';
import { boxContext } from '../box/manifest.js';
import { BoxSealer } from '../box/seal-box.js';
import type { ByteSource } from '../container/byte-source.js';
import { chunksOf } from '../container/byte-source.js';
import { layOut } from '../container/container-layout.js';
import { giveBack } from '../container/spent.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { Primitives } from '../profile/primitives.js';
import type { StreamHash, StreamTools } from '../profile/stream-work.js';
import { settled, toolsOf } from '../profile/stream-work.js';
import type { BidIdentity, BidPart } from './bid-index.js';
import { indexSalt, indexText, partPlace, SHEET_MEDIA } from './bid-index.js';
import { INDEX_PLACE } from './inner-header.js';
import { partSecret } from './part-keys.js';
import { BID_PARTS_MAX, partId } from './part-type.js';
import type { PartType } from './part-type.js';

/** Purpose of the keepers' keys for the outer layer. */
export const BIDS_PURPOSE = 'bids';

/** What a bidder says of a part. */
export interface PartFacts {
  readonly type: PartType;
  /** For people. */
  readonly title: string;
  readonly media: string;
}
/** A part in memory; a part that lies somewhere else and is read twice. */
export type PartInMemory = PartFacts & { readonly content: Uint8Array };
export type PartAtSource = PartFacts & { readonly source: ByteSource };

export interface BidRequest<P extends PartFacts = PartInMemory> extends BidIdentity {
  /** One of them is the opening sheet. */
  readonly parts: readonly P[];
  /** Tagged; bound to the bidder's certificate, never its signing key. */
  readonly encryptionPublicKey: string;
  readonly keepers: readonly BoxKeeper[];
  readonly threshold: number;
}

/** A bid ready to be signed and delivered. `manifest`, `innerHeaderHash` and `indexCommitment` go into the signed command. */
export interface SealedBid {
  readonly manifest: BoxManifest;
  /** Hexadecimal H(inner header). */
  readonly innerHeaderHash: string;
  readonly indexCommitment: string;
  readonly parts: readonly BidPart[];
  /** For the bidder to keep: the header he will be asked to unwrap (base64url). */
  readonly innerHeader: string;
}
export type MadeBid = SealedBid & { readonly ciphertext: Uint8Array };

/** Context of a bid's outer box. */
export const bidContext = ({ origin, bidder, bid }: BidIdentity): string => boxContext(origin, bidder, bid);

/** 开标一览表 as a part. */
export const openingSheetPart = (sheet: JsonObject): PartInMemory => ({
  type: 'OPENING_SHEET',
  title: '开标一览表',
  media: SHEET_MEDIA,
  content: utf8(canonicalText(sheet)),
});

/**
 * Seals parts that lie in files or elsewhere: each is read twice from front to back, and nothing but a few chunks is held. `out` takes
 * the ciphertext in order; what it was given is gone when it has returned, and the next is sealed meanwhile. Throws on a bad part or key, and
 * when a part is not the same the second time. `tools` are asked for the long work; without them the profile's own do it here.
 */
export async function sealBid(
  profile: CryptoProfile,
  request: BidRequest<PartAtSource>,
  out: (pieces: readonly Uint8Array[]) => Promise<void>,
  tools: StreamTools = toolsOf(profile.primitives),
): Promise<SealedBid> {
  const steps = sealing(profile, request, tools);
  let reading: AsyncIterator<Uint8Array> | null = null;
  let writing = Promise.resolve();
  try {
    let step = steps.next();
    while (step.done !== true) {
      if ('until' in step.value) {
        await step.value.until;
        step = steps.next(null);
        continue;
      }
      if ('pieces' in step.value) {
        await writing;
        writing = written(step.value.pieces, out);
        step = steps.next(null);
        continue;
      }
      const source = request.parts[step.value.read]?.source;
      reading ??= source === undefined ? null : chunksOf(source)[Symbol.asyncIterator]();
      const next = await reading?.next();
      if (next === undefined || next.done === true) reading = null;
      step = steps.next(next === undefined || next.done === true ? null : next.value);
    }
    return step.value;
  } finally {
    await writing;
  }
}

/** The same for parts in memory. */
export function makeBid(profile: CryptoProfile, request: BidRequest): MadeBid {
  const steps = sealing(profile, request, toolsOf(profile.primitives));
  const out: Uint8Array[] = [];
  let isRead = false;
  let step = steps.next();
  while (step.done !== true) {
    if ('until' in step.value) throw new Error('this must be waited for');
    if ('pieces' in step.value) {
      out.push(...step.value.pieces);
      step = steps.next(null);
      continue;
    }
    isRead = !isRead;
    step = steps.next(isRead ? (request.parts[step.value.read]?.content ?? null) : null);
  }
  return { ...step.value, ciphertext: concatBytes(...out) };
}

/** A failure is the writer's to wait for; until then it troubles nobody. */
function written(pieces: readonly Uint8Array[], out: (pieces: readonly Uint8Array[]) => Promise<void>): Promise<void> {
  const done = out(pieces).then(() => {
    giveBack(pieces);
  });
  done.catch(() => undefined);
  return done;
}

/** Wants the next piece of a part (null at its end, after which it begins again), gives ciphertext, or waits. */
type SealStep = { readonly read: number } | { readonly pieces: readonly Uint8Array[] } | { readonly until: Promise<unknown> };
type Sealing<T> = Generator<SealStep, T, Uint8Array | null>;

/** A part with all that makes its sealed bytes: sealing it again gives the same. */
interface PlannedPart {
  readonly at: number;
  readonly secrets: FileSecrets;
  readonly part: BidPart;
  readonly sealed: { readonly size: number; readonly crc: number };
}

/**
 * Two passes: a container names the checksum of a file before its content, and the index comes first. The first pass counts, hashes and
 * seals each part and keeps only the figures; the second seals it again, into the outer box. Sealing a chunk is cheaper than keeping it.
 */
function* sealing(profile: CryptoProfile, request: BidRequest<PartFacts>, tools: StreamTools): Sealing<SealedBid> {
  const { origin, bidder, bid, parts, encryptionPublicKey, keepers, threshold } = request;
  if (parts.length > BID_PARTS_MAX) throw new Error(`a bid has at most ${BID_PARTS_MAX} parts`);
  const box = new BoxSealer(profile, { purpose: BIDS_PURPOSE, context: bidContext(request), threshold, keepers }, tools);
  const fileKey = profile.primitives.randomBytes(FILE_KEY_SIZE);
  const forBidder = freshSecrets(profile.primitives, rawAgreementKey(encryptionPublicKey), fileKey);
  const planned: PlannedPart[] = [];
  for (const [at, facts] of parts.entries()) planned.push(yield* planPart(profile, tools, fileKey, at, facts));
  const text = indexText({ v: 2, kind: 'bid', origin, bidder, bid, parts: planned.map(({ part: { place: _place, ...part } }) => part) });
  const index = sealFile(profile.primitives, forBidder, utf8(text));
  const files = [
    { name: INDEX_PLACE, size: index.length, crc: profile.primitives.crc32(index) },
    ...planned.map(({ part, sealed }) => ({ name: part.place, ...sealed })),
  ];
  for (const piece of layOut(files).pieces) {
    if (piece.kind === 'bytes') yield { pieces: yield* box.push(piece.bytes) };
    else if (piece.name === INDEX_PLACE) yield { pieces: yield* box.push(index) };
    else
      yield* sealPart(
        profile,
        tools,
        box,
        planned.find(({ part }) => part.place === piece.name),
      );
  }
  yield { pieces: yield* box.end() };
  const header = index.subarray(0, HEADER_SIZE);
  return {
    manifest: yield* box.manifest(),
    innerHeaderHash: profile.hashHex(header),
    indexCommitment: profile.commitment(indexSalt(profile, fileKey, 2), text),
    parts: planned.map(({ part }) => part),
    innerHeader: toBase64Url(header),
  };
}

function* planPart(profile: CryptoProfile, tools: StreamTools, fileKey: Uint8Array, at: number, facts: PartFacts): Sealing<PlannedPart> {
  const { primitives } = profile;
  const id = partId(at + 1);
  const secrets = freshSecrets(primitives, primitives.agreementPublicKey(partSecret(profile, fileKey, id)));
  const content = { size: 0, hash: tools.newHash() };
  const sealed = yield* passThrough(primitives, tools, { at, secrets, content });
  const hash = yield* settled(content.hash.hex());
  const { type, title, media } = facts;
  return { at, secrets, sealed, part: { id, type, title, media, size: content.size, hash, place: partPlace(id) } };
}

function* sealPart(profile: CryptoProfile, tools: StreamTools, box: BoxSealer, planned: PlannedPart | undefined): Sealing<void> {
  if (planned === undefined) return;
  const { at, secrets, sealed, part } = planned;
  const again = yield* passThrough(profile.primitives, tools, { at, secrets, box });
  if (again.size !== sealed.size || again.crc !== sealed.crc) throw new Error(`part ${part.id} changed while it was sealed`);
}

interface Passage {
  readonly at: number;
  readonly secrets: FileSecrets;
  /** Counts and hashes what is read. */
  readonly content?: { size: number; readonly hash: StreamHash };
  /** Takes what is sealed. */
  readonly box?: BoxSealer;
}

/** Reads a part through and seals it. */
function* passThrough(primitives: Primitives, tools: StreamTools, { at, secrets, content, box }: Passage): Sealing<PlannedPart['sealed']> {
  const file = new FileSealer(primitives, secrets, tools);
  let size = 0;
  let crc = 0;
  function* counted(pieces: Uint8Array[]): Sealing<void> {
    for (const piece of pieces) {
      crc = primitives.crc32(piece, crc);
      size += piece.length;
    }
    const out = box === undefined ? [] : yield* box.push(...pieces);
    giveBack(pieces);
    if (out.length > 0) yield { pieces: out };
  }
  for (let piece = yield { read: at }; piece !== null; piece = yield { read: at }) {
    if (content !== undefined) {
      content.size += piece.length;
      yield* settled(content.hash.update(piece));
    }
    yield* counted(yield* file.push(piece));
  }
  yield* counted(yield* file.end());
  return { size, crc };
}
