import { fromBase64Url, toBase64Url } from '@app/contracts';
import { privateKeyDer, readPrivateKeyDer } from '../keys/der-keys.js';
import { encodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { signingBytes } from '../profile/signing.js';
import { rawAgreementKey } from './dealing.js';

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

/** Where a keeper's key is used: so that a proof serves nowhere else. */
export interface KeyPlace {
  readonly origin: string;
  readonly purpose: string;
  readonly party: string;
}

/** A proof (base64url of 64 bytes) that whoever publishes this key in this place holds its private half. */
export const proveKeeperKey = (profile: CryptoProfile, place: KeyPlace, key: KeeperKey): string => prove(profile, placed(place, key), key);

/** Whether a proof is this key's in this place. */
export const checkKeeperKey = (profile: CryptoProfile, place: KeyPlace, publicKey: string, proof: string): boolean =>
  isProven(profile, placed(place, { publicKey }), publicKey, proof);

/**
 * The same for a challenge of now: that the private half of a key which was published before is still at hand (演练). Nothing is opened for
 * it, so whoever chooses challenges learns nothing of what is sealed to the key.
 */
export const answerDrill = (profile: CryptoProfile, place: KeyPlace, challenge: string, key: KeeperKey): string =>
  prove(profile, drilled(place, challenge, key), key);

/** Whether a proof is this key's answer to this challenge in this place. */
export const checkDrill = (profile: CryptoProfile, place: KeyPlace, challenge: string, publicKey: string, proof: string): boolean =>
  isProven(profile, drilled(place, challenge, { publicKey }), publicKey, proof);

const placed = ({ origin, purpose, party }: KeyPlace, { publicKey }: Pick<KeeperKey, 'publicKey'>): Uint8Array =>
  signingBytes('keeperKey', { origin, purpose, party, publicKey });
const drilled = ({ origin, purpose, party }: KeyPlace, challenge: string, { publicKey }: Pick<KeeperKey, 'publicKey'>): Uint8Array =>
  signingBytes('keeperDrill', { origin, purpose, party, publicKey, challenge });

const prove = ({ primitives }: CryptoProfile, statement: Uint8Array, { privateKey }: KeeperKey): string =>
  toBase64Url(primitives.proveAgreementKey(fromBase64Url(privateKey), statement));

function isProven({ primitives }: CryptoProfile, statement: Uint8Array, publicKey: string, proof: string): boolean {
  try {
    return primitives.checkAgreementKey(rawAgreementKey(publicKey), statement, fromBase64Url(proof));
  } catch {
    // No key to agree with, or no bytes.
    return false;
  }
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
