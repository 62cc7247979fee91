import { canonicalBytes, concatBytes, toBase64Url, utf8 } from '@app/contracts';
import { decodePublicKey, encodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BoxKeeper, BoxManifest } from './manifest.js';
import { shareOf } from './shamir.js';

export const MASTER_SIZE = 32;
const ZERO_NONCE = new Uint8Array(12);
const SHARE_KEY_SIZE = 32;

/** What a box is dealt for; together with the master it determines every byte of keys and wraps. */
export type BoxTerms = Pick<BoxManifest, 'profile' | 'purpose' | 'context' | 'threshold'> & { readonly keepers: readonly BoxKeeper[] };

/** Everything that comes out of one master for one set of terms. */
export interface Dealing {
  readonly boxSecret: Uint8Array;
  /** Raw and tagged public half of it. */
  readonly boxPublic: Uint8Array;
  readonly boxKey: string;
  readonly wraps: readonly string[];
  readonly fileKey: Uint8Array;
  readonly fileEphemeral: Uint8Array;
  readonly payloadNonce: Uint8Array;
  /** base64url; opens the manifest's `plaintext`. */
  readonly plaintextSalt: string;
}

/** Derivation is salted with the terms, so the same master under other terms gives other keys throughout. */
function deriver(profile: CryptoProfile, terms: BoxTerms, master: Uint8Array): (label: string, length: number) => Uint8Array {
  const { purpose, context, threshold } = terms;
  const keepers = terms.keepers.map(({ party, publicKey }) => ({ party, publicKey }));
  const salt = profile.hash(canonicalBytes({ v: 1, profile: profile.id, purpose, context, threshold, keepers }));
  return (label, length) => profile.primitives.derive(master, salt, utf8(`gongping/box/v1/${label}`), length);
}

export function boxKeyOf(profile: CryptoProfile, terms: BoxTerms, master: Uint8Array): string {
  return encodePublicKey('agreement', profile.primitives.agreementPublicKey(deriver(profile, terms, master)('box-key', 32)));
}

/** Deals deterministically. Throws when a keeper's key is none. */
export function deal(profile: CryptoProfile, terms: BoxTerms, master: Uint8Array): Dealing {
  const derive = deriver(profile, terms, master);
  const boxSecret = derive('box-key', 32);
  const boxPublic = profile.primitives.agreementPublicKey(boxSecret);
  const coefficients = Array.from({ length: terms.threshold - 1 }, (_unused, at) => derive(`coefficient/${at + 1}`, MASTER_SIZE));
  const wraps = terms.keepers.map((keeper, at) => {
    const share = shareOf(master, coefficients, at + 1);
    return toBase64Url(wrapShare(profile, { keeper, number: at + 1, boxPublic, ephemeral: derive(`wrap/${at + 1}`, 32), share }));
  });
  return {
    boxSecret,
    boxPublic,
    boxKey: encodePublicKey('agreement', boxPublic),
    wraps,
    fileKey: derive('file-key', 16),
    fileEphemeral: derive('file-ephemeral', 32),
    payloadNonce: derive('payload-nonce', 16),
    plaintextSalt: toBase64Url(derive('plaintext-salt', 32)),
  };
}

interface Wrapping {
  readonly keeper: BoxKeeper;
  readonly number: number;
  readonly boxPublic: Uint8Array;
  readonly ephemeral: Uint8Array;
  readonly share: Uint8Array;
}

/** 32 bytes of ephemeral public key, then the share under a key used once. */
function wrapShare(profile: CryptoProfile, wrapping: Wrapping): Uint8Array {
  const { primitives } = profile;
  const recipient = rawAgreementKey(wrapping.keeper.publicKey);
  const ephemeral = primitives.agreementPublicKey(wrapping.ephemeral);
  const shared = primitives.agree(wrapping.ephemeral, recipient);
  const key = wrapKey(profile, shared, ephemeral, recipient, wrapping);
  return concatBytes(ephemeral, primitives.aeadSeal(key, ZERO_NONCE, wrapping.share));
}

/** The share in a wrap, for who holds the keeper's private key; throws when it does not open. */
export function unwrapShare(
  profile: CryptoProfile,
  wrap: Uint8Array,
  privateKey: Uint8Array,
  place: Pick<Wrapping, 'keeper' | 'number' | 'boxPublic'>,
): Uint8Array {
  const { primitives } = profile;
  const ephemeral = wrap.subarray(0, SHARE_KEY_SIZE);
  const shared = primitives.agree(privateKey, ephemeral);
  const key = wrapKey(profile, shared, ephemeral, rawAgreementKey(place.keeper.publicKey), place);
  return primitives.aeadOpen(key, ZERO_NONCE, wrap.subarray(SHARE_KEY_SIZE));
}

/** Bound to keeper, share number and box key; and through the box key to all terms. */
function wrapKey(
  profile: CryptoProfile,
  shared: Uint8Array,
  ephemeral: Uint8Array,
  recipient: Uint8Array,
  { keeper, number, boxPublic }: Pick<Wrapping, 'keeper' | 'number' | 'boxPublic'>,
): Uint8Array {
  const info = concatBytes(utf8(`gongping/box/v1/wrap-key/${number}/${keeper.party}/`), boxPublic);
  return profile.primitives.derive(shared, concatBytes(ephemeral, recipient), info, 32);
}

export function rawAgreementKey(text: string): Uint8Array {
  const key = decodePublicKey(text);
  if (key?.kind !== 'agreement') throw new Error('not a key to encrypt to');
  return key.raw;
}
