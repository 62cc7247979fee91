import { concatBytes, fromBase64Url, toBase64Url } from '@app/contracts';
import { HEADER_SIZE, identityText, unwrapHeader, writeHeader } from '../age/age-header.js';
import { openPayload, sealPayload } from '../age/age-stream.js';
import { privateKeyDer, readPrivateKeyDer } from '../keys/der-keys.js';
import { encodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BoxTerms, Dealing } from './dealing.js';
import { boxKeyOf, deal, MASTER_SIZE, rawAgreementKey, unwrapShare } from './dealing.js';
import type { BoxFault, BoxKeeper, BoxManifest } from './manifest.js';
import { boxFault, zBoxManifest } from './manifest.js';
import type { Share } from './shamir.js';
import { combineShares } from './shamir.js';

/** A keeper's key pair for one purpose of one lot. */
export interface KeeperKey {
  /** Tagged; published in a signed command before anything is sealed to it. */
  readonly publicKey: string;
  /** base64url of 32 bytes; published when the condition holds, and secret until then. */
  readonly privateKey: string;
}

export function generateKeeperKey(profile: CryptoProfile): KeeperKey {
  const privateKey = toBase64Url(profile.primitives.randomBytes(32));
  return { publicKey: keeperPublicKey(profile, privateKey), privateKey };
}

/** Whether a text is a key that something can be sealed to: right kind, and no point of small order. */
export function isEncryptionKey(profile: CryptoProfile, publicKey: string): boolean {
  try {
    profile.primitives.agree(new Uint8Array(32).fill(1), rawAgreementKey(publicKey));
    return true;
  } catch {
    return false;
  }
}

/** Public half of a keeper's (or bidder's encryption) private key; throws when it is none. */
export function keeperPublicKey(profile: CryptoProfile, privateKey: string): string {
  return encodePublicKey('agreement', profile.primitives.agreementPublicKey(fromBase64Url(privateKey)));
}

/** PKCS#8 DER (base64url) of an encryption or keeper key: the form in which people's keys lie in files. */
export function encryptionKeyDer(privateKey: string): string {
  return toBase64Url(privateKeyDer('agreement', fromBase64Url(privateKey)));
}

/** Reads an encryption key from PKCS#8 DER; throws when it is none. */
export function encryptionKeyFrom(profile: CryptoProfile, der: string): KeeperKey {
  const key = readPrivateKeyDer(fromBase64Url(der));
  if (key?.kind !== 'agreement') throw new Error('not an encryption key of this profile');
  const privateKey = toBase64Url(key.secret);
  return { publicKey: keeperPublicKey(profile, privateKey), privateKey };
}

export interface BoxRequest {
  readonly purpose: string;
  readonly context: string;
  readonly threshold: number;
  readonly keepers: readonly BoxKeeper[];
}
export interface SealedBox {
  readonly manifest: BoxManifest;
  readonly ciphertext: Uint8Array;
  /** For the dealer to keep if he wants to open early himself; never sent. */
  readonly master: string;
}

/** Seals bytes. `master` is drawn fresh; giving one is for tests and fixtures only, and one master must never seal two contents. */
export function sealBox(profile: CryptoProfile, request: BoxRequest, plaintext: Uint8Array, master?: Uint8Array): SealedBox {
  const secret = master ?? profile.primitives.randomBytes(MASTER_SIZE);
  const terms: BoxTerms = { profile: profile.id, ...request };
  const dealing = deal(profile, terms, secret);
  const ciphertext = sealBody(profile, dealing, plaintext);
  const manifest = zBoxManifest.parse({
    v: 1,
    profile: profile.id,
    purpose: request.purpose,
    context: request.context,
    threshold: request.threshold,
    keepers: request.keepers.map(({ party, publicKey }, at) => ({ party, publicKey, wrap: dealing.wraps[at] })),
    boxKey: dealing.boxKey,
    ciphertext: { hash: profile.hashHex(ciphertext), size: ciphertext.length },
    plaintext: profile.commitment(dealing.plaintextSalt, plaintext),
  });
  const fault = shapeFault(manifest);
  if (fault !== null) throw new Error(fault.message);
  return { manifest, ciphertext, master: toBase64Url(secret) };
}

/** The body is a file that public tools open with {@link boxIdentity}; all of it follows from master and plaintext. */
function sealBody(profile: CryptoProfile, dealing: Dealing, plaintext: Uint8Array): Uint8Array {
  const { primitives } = profile;
  const header = writeHeader(primitives, dealing.boxPublic, dealing.fileKey, dealing.fileEphemeral);
  return concatBytes(header, sealPayload(primitives, dealing.fileKey, dealing.payloadNonce, plaintext));
}

/** Faults that show before anything is released. */
function shapeFault(manifest: BoxManifest): BoxFault | null {
  const { keepers, threshold } = manifest;
  if (threshold > keepers.length) return boxFault('SHARE_COUNT', `${threshold} shares are needed and ${keepers.length} were dealt.`);
  if (new Set(keepers.map((keeper) => keeper.party)).size !== keepers.length) return boxFault('KEEPER_SET', 'A keeper is named twice.');
  if (new Set(keepers.map((keeper) => keeper.publicKey)).size !== keepers.length) return boxFault('KEEPER_SET', 'A key is named twice.');
  return null;
}

/**
 * Whether a box is sealed to exactly the keepers of the lot and the keys they published: the answer to a server that serves its
 * own keys as theirs. Checked by the client before sealing, by the venue on delivery, by the verifier.
 */
export function checkKeepers(
  manifest: BoxManifest,
  published: readonly BoxKeeper[],
  terms: { readonly purpose: string; readonly context: string; readonly threshold: number },
): BoxFault | null {
  if (manifest.purpose !== terms.purpose || manifest.context !== terms.context || manifest.threshold !== terms.threshold)
    return boxFault('SHAPE', 'The box was sealed for another purpose, item or threshold.');
  for (const { party, publicKey } of published) {
    const keeper = manifest.keepers.find((item) => item.party === party);
    if (keeper === undefined) return boxFault('KEEPER_SET', `Keeper ${party} has no share.`, party);
    if (keeper.publicKey !== publicKey) return boxFault('KEEPER_SET', `The key is not the one that ${party} published.`, party);
  }
  if (manifest.keepers.length !== published.length) return boxFault('KEEPER_SET', 'Somebody has a share who is no keeper.');
  return shapeFault(manifest);
}

/** A private key that a keeper published for the purpose. */
export interface KeeperRelease {
  readonly party: string;
  readonly privateKey: string;
}

function publicKeyOrNull(profile: CryptoProfile, privateKey: string): string | null {
  try {
    return keeperPublicKey(profile, privateKey);
  } catch {
    return null;
  }
}

/** Whether a released key is the one published: else the keeper is at fault, and is named. */
export function checkRelease(profile: CryptoProfile, keeper: BoxKeeper, privateKey: string): BoxFault | null {
  return publicKeyOrNull(profile, privateKey) === keeper.publicKey
    ? null
    : boxFault('KEEPER_KEY', `The released key of ${keeper.party} does not fit the published one.`, keeper.party);
}

export type Recovery =
  /** `keeperFaults`: releases that were left aside because they do not fit the published key. */
  | { readonly status: 'recovered'; readonly master: string; readonly keeperFaults: readonly BoxFault[] }
  | { readonly status: 'waiting'; readonly missing: number; readonly keeperFaults: readonly BoxFault[] }
  /** The dealer's fault, and final: whatever keepers release later, this box is INVALID. */
  | { readonly status: 'invalid'; readonly fault: BoxFault; readonly keeperFaults: readonly BoxFault[] };

/** Puts the master together from released keys. Pure; anybody can repeat it from the log. */
export function recoverMaster(profile: CryptoProfile, manifest: BoxManifest, releases: readonly KeeperRelease[]): Recovery {
  const keeperFaults: BoxFault[] = [];
  const shares: Share[] = [];
  const shape = shapeFault(manifest);
  if (shape !== null) return { status: 'invalid', fault: shape, keeperFaults };
  for (const [at, keeper] of manifest.keepers.entries()) {
    const release = releases.find((item) => item.party === keeper.party);
    if (release === undefined) continue;
    const wrongKey = checkRelease(profile, keeper, release.privateKey);
    if (wrongKey !== null) {
      keeperFaults.push(wrongKey);
      continue;
    }
    const share = tryUnwrap(profile, manifest, at, release.privateKey);
    if (share === null) return { status: 'invalid', fault: wrapFault(keeper.party), keeperFaults };
    shares.push({ number: at + 1, value: share });
  }
  if (shares.length < manifest.threshold) return { status: 'waiting', missing: manifest.threshold - shares.length, keeperFaults };
  const master = combineShares(shares.slice(0, manifest.threshold));
  if (boxKeyOf(profile, manifest, master) !== manifest.boxKey)
    return { status: 'invalid', fault: boxFault('WRAP', 'The shares do not combine to what the box key was made from.'), keeperFaults };
  return { status: 'recovered', master: toBase64Url(master), keeperFaults };
}

const wrapFault = (party: string): BoxFault => boxFault('WRAP', `What the dealer sealed to ${party} is not his share.`, party);

function tryUnwrap(profile: CryptoProfile, manifest: BoxManifest, at: number, privateKey: string): Uint8Array | null {
  const keeper = manifest.keepers[at];
  if (keeper === undefined) return null;
  try {
    const place = { keeper, number: at + 1, boxPublic: rawAgreementKey(manifest.boxKey) };
    const share = unwrapShare(profile, fromBase64Url(keeper.wrap), fromBase64Url(privateKey), place);
    return share.length === MASTER_SIZE ? share : null;
  } catch {
    return null;
  }
}

/**
 * Deals again from the master and compares: null when keys and wraps are exactly what honest dealing gives. `NOT_MASTER` says
 * nothing about the box; any other fault means the dealer lied, and the box is INVALID.
 */
export function checkBox(profile: CryptoProfile, manifest: BoxManifest, master: string): BoxFault | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? notMaster() : dealingFault(manifest, dealing);
}

const notMaster = (): BoxFault => boxFault('NOT_MASTER', 'These bytes are not what the box was dealt from.');

function dealingFault(manifest: BoxManifest, dealing: Dealing): BoxFault | null {
  const shape = shapeFault(manifest);
  if (shape !== null) return shape;
  const liar = manifest.keepers.find((keeper, at) => keeper.wrap !== dealing.wraps[at]);
  return liar === undefined ? null : wrapFault(liar.party);
}

function dealAgain(profile: CryptoProfile, manifest: BoxManifest, master: string): Dealing | null {
  try {
    const secret = fromBase64Url(master);
    if (secret.length !== MASTER_SIZE || boxKeyOf(profile, manifest, secret) !== manifest.boxKey) return null;
    return deal(profile, manifest, secret);
  } catch {
    return null;
  }
}

/** Checks content against manifest and master without the ciphertext: sealing it again must give the ciphertext's hash. */
export function checkContent(profile: CryptoProfile, manifest: BoxManifest, master: string, content: Uint8Array): BoxFault | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? notMaster() : contentFault(profile, manifest, dealing, content);
}

function contentFault(profile: CryptoProfile, manifest: BoxManifest, dealing: Dealing, content: Uint8Array): BoxFault | null {
  if (profile.commitment(dealing.plaintextSalt, content) !== manifest.plaintext)
    return boxFault('COMMITMENT', 'The content is not what the manifest committed to.');
  const body = sealBody(profile, dealing, content);
  return profile.hashHex(body) === manifest.ciphertext.hash
    ? null
    : boxFault('BODY', 'The body is not what the master and the content give.');
}

export type OpenedBox = { readonly ok: true; readonly content: Uint8Array } | { readonly ok: false; readonly fault: BoxFault };

/** Opens a box and checks everything about it: re-deal, ciphertext, body, commitment. */
export function openBox(profile: CryptoProfile, manifest: BoxManifest, ciphertext: Uint8Array, master: string): OpenedBox {
  const dealing = dealAgain(profile, manifest, master);
  if (dealing === null) return { ok: false, fault: notMaster() };
  const dealt = dealingFault(manifest, dealing);
  if (dealt !== null) return { ok: false, fault: dealt };
  if (ciphertext.length !== manifest.ciphertext.size || profile.hashHex(ciphertext) !== manifest.ciphertext.hash)
    return { ok: false, fault: boxFault('CIPHERTEXT', 'These are not the bytes that the manifest names.') };
  const content = openBody(profile, dealing, ciphertext);
  if (content === null) return { ok: false, fault: boxFault('BODY', 'The body does not open with the box key.') };
  const fault = contentFault(profile, manifest, dealing, content);
  return fault === null ? { ok: true, content } : { ok: false, fault };
}

function openBody(profile: CryptoProfile, dealing: Dealing, ciphertext: Uint8Array): Uint8Array | null {
  try {
    const fileKey = unwrapHeader(profile.primitives, ciphertext.subarray(0, HEADER_SIZE), dealing.boxSecret);
    return fileKey === null ? null : openPayload(profile.primitives, fileKey, ciphertext.subarray(HEADER_SIZE));
  } catch {
    return null;
  }
}

/** Salt behind the manifest's `plaintext`, for who has the master: content and salt then open it like any other commitment. */
export function plaintextSalt(profile: CryptoProfile, manifest: BoxManifest, master: string): string | null {
  return dealAgain(profile, manifest, master)?.plaintextSalt ?? null;
}

/** The box key as public tools take it (`age -d -i`): whoever doubts this program opens the body without it. */
export function boxIdentity(profile: CryptoProfile, manifest: BoxManifest, master: string): string | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? null : identityText(dealing.boxSecret);
}

/** The secret half of the box key, for who has the master; null when it is another box's. */
export function boxSecret(profile: CryptoProfile, manifest: BoxManifest, master: string): Uint8Array | null {
  return dealAgain(profile, manifest, master)?.boxSecret ?? null;
}
