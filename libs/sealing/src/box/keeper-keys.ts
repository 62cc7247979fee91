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
export function proveKeeperKey(profile: CryptoProfile, place: KeyPlace, { publicKey, privateKey }: KeeperKey): string {
  return toBase64Url(profile.primitives.proveAgreementKey(fromBase64Url(privateKey), placed(place, publicKey)));
}

/** Whether a proof is this key's in this place. */
export function checkKeeperKey(profile: CryptoProfile, place: KeyPlace, publicKey: string, proof: string): boolean {
  try {
    return profile.primitives.checkAgreementKey(rawAgreementKey(publicKey), placed(place, publicKey), fromBase64Url(proof));
  } catch {
    // No key to agree with, or no bytes.
    return false;
  }
}

const placed = ({ origin, purpose, party }: KeyPlace, publicKey: string): Uint8Array =>
  signingBytes('keeperKey', { origin, purpose, party, publicKey });

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
