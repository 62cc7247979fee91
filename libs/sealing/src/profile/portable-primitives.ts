import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { checkAgreementKey, proveAgreementKey } from './agreement-proof.js';
import { toHex } from '@app/contracts';
import { crc32 } from '../container/crc32.js';
import type { Primitives, SignaturePrimitive } from './primitives.js';

/** ECDSA on P-256 over SHA-256: 64 bytes r‖s with s in the lower half, so that one signature has one form (FIPS 186-5; low-S as in BIP 62). */
const command: SignaturePrimitive = {
  newPrivateKey: () => p256.utils.randomSecretKey(),
  publicKey: (privateKey) => p256.getPublicKey(privateKey, true),
  publicPoint: (privateKey) => p256.getPublicKey(privateKey, false),
  sign: (privateKey, message) => p256.sign(message, privateKey, { prehash: true, lowS: true, format: 'compact' }),
  verify: (publicKey, message, signature) => {
    try {
      return (
        signature.length === 64 && publicKey.length === 33 && p256.verify(signature, message, publicKey, { prehash: true, lowS: true })
      );
    } catch {
      return false;
    }
  },
};

/**
 * Ed25519 (RFC 8032). The library checks the equation times the cofactor, OpenSSL without it; both agree on every input once
 * key and nonce point are required to have no small-order component, so that is required.
 */
const node: SignaturePrimitive = {
  newPrivateKey: () => ed25519.utils.randomSecretKey(),
  publicKey: (privateKey) => ed25519.getPublicKey(privateKey),
  sign: (privateKey, message) => ed25519.sign(message, privateKey),
  verify: (publicKey, message, signature) => {
    try {
      if (signature.length !== 64 || publicKey.length !== 32) return false;
      if (!isPrimeOrderPoint(publicKey) || !isPrimeOrderPoint(signature.subarray(0, 32))) return false;
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

/** Whether bytes are the canonical encoding of an Ed25519 point of prime order: no small-order component, and not the neutral element. */
export function isPrimeOrderPoint(bytes: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(bytes, false);
    return point.isTorsionFree() && !point.isSmallOrder();
  } catch {
    return false;
  }
}

export const PORTABLE_PRIMITIVES: Primitives = {
  hash: (bytes) => sha256(bytes),
  hashHex: (bytes) => toHex(sha256(bytes)),
  newHash: () => {
    const running = sha256.create();
    return {
      update: (bytes) => {
        running.update(bytes);
      },
      hex: () => toHex(running.digest()),
    };
  },
  crc32,
  mac: (key, message) => hmac(sha256, key, message),
  derive: (secret, salt, info, length) => hkdf(sha256, secret, salt, info, length),
  aeadSeal: (key, nonce, plaintext) => chacha20poly1305(key, nonce).encrypt(plaintext),
  aeadSealApart: (key, nonce, plaintext) => {
    const sealed = chacha20poly1305(key, nonce).encrypt(plaintext);
    return [sealed.subarray(0, plaintext.length), sealed.subarray(plaintext.length)];
  },
  aeadOpen: (key, nonce, ciphertext) => chacha20poly1305(key, nonce).decrypt(ciphertext),
  agree: (privateKey, publicKey) => x25519.getSharedSecret(privateKey, publicKey),
  agreementPublicKey: (privateKey) => x25519.getPublicKey(privateKey),
  proveAgreementKey,
  checkAgreementKey,
  randomBytes: (length) => randomBytes(length),
  signatures: { command, node },
};
