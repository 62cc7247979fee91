import type { JsonObject } from '@app/contracts';
import { canonicalText, concatBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@app/contracts';
import { FILE_KEY_SIZE, HEADER_SIZE, headerFits, readHeader, unwrapHeader, writeHeader } from '../age/age-header.js';
import { openPayload, PAYLOAD_NONCE_SIZE, sealPayload } from '../age/age-stream.js';
import { rawAgreementKey } from '../box/dealing.js';
import type { BoxKeeper, BoxManifest } from '../box/manifest.js';
import { boxContext } from '../box/manifest.js';
import { sealBox } from '../box/sealed-box.js';
import { packContainer, unpackContainer } from '../container/container.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidFault, BidIdentity, BidIndex } from './bid-index.js';
import { bidFault, identityFault, INDEX_FILE, indexSalt, OPENING_SHEET_FILE, readBidIndex, zBidIndex } from './bid-index.js';

/** Purpose of the keepers' keys for the outer layer. */
export const BIDS_PURPOSE = 'bids';

interface BidFile {
  /** In the container: lower case, digits, `.`, `_`, `-`, folders with `/`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly content: Uint8Array;
}

export interface BidRequest extends BidIdentity {
  /** 开标一览表: what is read out. */
  readonly openingSheet: JsonObject;
  readonly files: readonly BidFile[];
  /** Tagged; bound to the bidder's certificate, never its signing key. */
  readonly encryptionPublicKey: string;
  readonly keepers: readonly BoxKeeper[];
  readonly threshold: number;
}

/** A bid ready to be signed and delivered. `manifest`, `innerHeaderHash` and `indexCommitment` go into the signed command. */
export interface MadeBid {
  readonly ciphertext: Uint8Array;
  readonly manifest: BoxManifest;
  /** Hexadecimal H(inner header). */
  readonly innerHeaderHash: string;
  readonly indexCommitment: string;
  readonly index: BidIndex;
  /** For the bidder to keep: the header he will be asked to unwrap (base64url). */
  readonly innerHeader: string;
}

/** Context of a bid's outer box. */
export const bidContext = ({ origin, bidder, bid }: BidIdentity): string => boxContext(origin, bidder, bid);

/** Packs, encrypts to the bidder's own key, then seals to the opening trustees. Throws on a bad file name or key. */
export function makeBid(profile: CryptoProfile, request: BidRequest): MadeBid {
  const { primitives } = profile;
  const sheet = utf8(canonicalText(request.openingSheet));
  const files = [...request.files, { name: OPENING_SHEET_FILE, title: '开标一览表', content: sheet }];
  const index = zBidIndex.parse({
    v: 1,
    kind: 'bid',
    origin: request.origin,
    bidder: request.bidder,
    bid: request.bid,
    files: files
      .map(({ name, title, content }) => ({ name, title, size: content.length, hash: profile.hashHex(content) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  });
  if (new Set([INDEX_FILE, ...files.map((file) => file.name)]).size !== files.length + 1) throw new Error('a file name is used twice');
  const indexText = canonicalText(index);
  const container = packContainer(new Map([[INDEX_FILE, utf8(indexText)], ...files.map(({ name, content }) => [name, content] as const)]));
  const fileKey = primitives.randomBytes(FILE_KEY_SIZE);
  const header = writeHeader(primitives, rawAgreementKey(request.encryptionPublicKey), fileKey, primitives.randomBytes(32));
  const inner = concatBytes(header, sealPayload(primitives, fileKey, primitives.randomBytes(PAYLOAD_NONCE_SIZE), container));
  const box = sealBox(
    profile,
    { purpose: BIDS_PURPOSE, context: bidContext(request), threshold: request.threshold, keepers: request.keepers },
    inner,
  );
  return {
    ciphertext: box.ciphertext,
    manifest: box.manifest,
    innerHeaderHash: profile.hashHex(header),
    indexCommitment: profile.commitment(indexSalt(profile, fileKey), indexText),
    index,
    innerHeader: toBase64Url(header),
  };
}

/** Header of the inner layer (base64url): all that goes to the bidder at opening. Null when there is none of this shape. */
export function innerHeaderOf(inner: Uint8Array): string | null {
  try {
    const header = inner.subarray(0, HEADER_SIZE);
    readHeader(header);
    return toBase64Url(header);
  } catch {
    return null;
  }
}

/** Hexadecimal H(header), for comparison with the signed `innerHeaderHash`. Throws when `header` is not base64url. */
export const innerHeaderHash = (profile: CryptoProfile, header: string): string => profile.hashHex(fromBase64Url(header));

/** File key (base64url of 16 bytes) for the holder of the encryption key, or null: the header is not for him, or was changed. */
export function unwrapFileKey(profile: CryptoProfile, header: string, encryptionPrivateKey: string): string | null {
  try {
    const fileKey = unwrapHeader(profile.primitives, fromBase64Url(header), fromBase64Url(encryptionPrivateKey));
    return fileKey === null ? null : toBase64Url(fileKey);
  } catch {
    return null;
  }
}

/** Whether a file key is the one the header was made with (its MAC fits): the bidder can not give another. */
export function fileKeyFits(profile: CryptoProfile, header: string, fileKey: string): boolean {
  try {
    return headerFits(profile.primitives, fromBase64Url(header), fromBase64Url(fileKey));
  } catch {
    return false;
  }
}

/** Index and opening sheet as texts, without the files: what the rules read. */
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
  if (profile.commitment(indexSalt(profile, fileKey), texts.index) !== expected.indexCommitment)
    return bidFault('INDEX_COMMITMENT', 'The index is not the one that the bidder signed.');
  const named = index.files.find((file) => file.name === OPENING_SHEET_FILE);
  if (named?.hash !== profile.hashHex(texts.openingSheet))
    return bidFault('FILE', 'The opening sheet is not the one that the index names.');
  return identityFault(index, expected);
}

interface OpenedBid {
  readonly index: BidIndex;
  readonly texts: BidTexts;
  /** Every file by name, `index.json` excluded. Views of the decrypted bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}
export type BidOpening = { readonly ok: true; readonly bid: OpenedBid } | { readonly ok: false; readonly fault: BidFault };

/** Opens the inner layer and checks it against what the bidder signed: the bid evaluated is the bid delivered. */
export function openInner(
  profile: CryptoProfile,
  inner: Uint8Array,
  expected: BidIdentity & { readonly fileKey: string; readonly indexCommitment: string; readonly innerHeaderHash: string },
): BidOpening {
  const refuse = (code: BidFault['code'], message: string): BidOpening => ({ ok: false, fault: bidFault(code, message) });
  const header = innerHeaderOf(inner);
  if (header === null || innerHeaderHash(profile, header) !== expected.innerHeaderHash)
    return refuse('INNER_HEADER', 'The inner layer does not start with the header that the bidder signed.');
  if (!fileKeyFits(profile, header, expected.fileKey)) return refuse('FILE_KEY', 'The file key does not fit the inner header.');
  let files: Map<string, Uint8Array>;
  try {
    const container = openPayload(profile.primitives, fromBase64Url(expected.fileKey), inner.subarray(HEADER_SIZE));
    files = unpackContainer(container);
  } catch (error) {
    const isContainer = error instanceof Error && error.name === 'ContainerError';
    return refuse(isContainer ? 'CONTAINER' : 'INNER_BODY', error instanceof Error ? error.message : 'does not open');
  }
  const texts = textsOf(files);
  if (texts === null) return refuse('INDEX', 'The package has no index or no opening sheet.');
  const fault = checkBidTexts(profile, texts, expected) ?? filesFault(profile, texts.index, files);
  const index = readBidIndex(texts.index);
  if (fault !== null || index === null) return { ok: false, fault: fault ?? bidFault('INDEX', 'The index is not of this form.') };
  files.delete(INDEX_FILE);
  return { ok: true, bid: { index, texts, files } };
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): BidTexts | null {
  const [index, sheet] = [files.get(INDEX_FILE), files.get(OPENING_SHEET_FILE)];
  if (index === undefined || sheet === undefined) return null;
  try {
    return { index: fromUtf8(index), openingSheet: fromUtf8(sheet) };
  } catch {
    return null;
  }
}

/** Every file that the index names, with that hash and size, and no other. */
function filesFault(profile: CryptoProfile, indexText: string, files: ReadonlyMap<string, Uint8Array>): BidFault | null {
  const named = readBidIndex(indexText)?.files ?? [];
  if (named.length !== files.size - 1) return bidFault('FILE', 'The package has a file that the index does not name, or lacks one.');
  for (const { name, size, hash } of named) {
    const content = files.get(name);
    if (content?.length !== size || profile.hashHex(content) !== hash)
      return bidFault('FILE', `The file ${name} is not the one that the index names.`);
  }
  return null;
}
