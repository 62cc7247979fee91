import { concatBytes, equalBytes } from '@app/contracts';
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hash,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ecdsaDer } from '../certificates/der.js';
import { privateKeyDer, publicKeyDer } from '../keys/der-keys.js';
import { isLowS, toLowS } from '../keys/low-s.js';
import { checkAgreementKey, proveAgreementKey } from './agreement-proof.js';
import { isPrimeOrderPoint, PORTABLE_PRIMITIVES } from './portable-primitives.js';
import type { Primitives, SignatureKind, SignaturePrimitive } from './primitives.js';

/** Keys parsed at the same time; above it the oldest is forgotten. A lot has hundreds of signers, an installation some thousands. */
const KEY_CACHE_MAX = 8_192;
const AEAD = 'chacha20-poly1305';
const TAG_SIZE = 16;

/** Parsing a key costs as much as using it, so parsed ones are kept; the map belongs to this closure alone. */
function keyCache(parse: (bytes: Uint8Array) => KeyObject | null): (bytes: Uint8Array) => KeyObject | null {
  const cache = new Map<string, KeyObject | null>();
  return (bytes) => {
    const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const known = cache.get(name);
    if (known !== undefined) return known;
    const key = parse(bytes);
    if (cache.size >= KEY_CACHE_MAX) cache.delete(cache.keys().next().value ?? '');
    cache.set(name, key);
    return key;
  };
}

function tryParse(parse: () => KeyObject): KeyObject | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

const spki = (der: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
const pkcs8 = (der: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
const need = (key: KeyObject | null): KeyObject => {
  if (key === null) throw new Error('not a private key of this kind');
  return key;
};

const commandPublic = keyCache((bytes) => (bytes.length === 33 ? tryParse(() => spki(publicKeyDer('command', bytes))) : null));
const commandPrivate = keyCache((bytes) => tryParse(() => pkcs8(privateKeyDer('command', bytes, point(bytes, 'uncompressed')))));
const nodePublic = keyCache((bytes) => (isPrimeOrderPoint(bytes) ? tryParse(() => spki(publicKeyDer('node', bytes))) : null));
const nodePrivate = keyCache((bytes) => tryParse(() => pkcs8(privateKeyDer('node', bytes))));
const agreementPublic = keyCache((bytes) => tryParse(() => spki(publicKeyDer('agreement', bytes))));

/** Throws when the bytes are no private key: zero, or not below the group's order. */
function point(privateKey: Uint8Array, form: 'compressed' | 'uncompressed'): Uint8Array {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(privateKey);
  return new Uint8Array(pair.getPublicKey(null, form));
}

/** The last 32 bytes of the DER form of an Ed25519 or X25519 key (RFC 8410 §4). */
function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(der.length - 32));
}

/** Everything about key and signature but the equation itself: for a check that is finished on another thread. */
export function isStrictSignature(kind: SignatureKind, publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (kind === 'command') return isLowS(signature) && commandPublic(publicKey) !== null;
  return signature.length === 64 && nodePublic(publicKey) !== null;
}

const command: SignaturePrimitive = {
  newPrivateKey: PORTABLE_PRIMITIVES.signatures.command.newPrivateKey,
  publicKey: (privateKey) => point(privateKey, 'compressed'),
  publicPoint: (privateKey) => point(privateKey, 'uncompressed'),
  sign: (privateKey, message) =>
    toLowS(new Uint8Array(sign('sha256', message, { key: need(commandPrivate(privateKey)), dsaEncoding: 'ieee-p1363' }))),
  verify: (publicKey, message, signature) => {
    if (!isLowS(signature)) return false;
    const key = commandPublic(publicKey);
    return key !== null && verify('sha256', message, key, ecdsaDer(signature));
  },
};

const node: SignaturePrimitive = {
  newPrivateKey: PORTABLE_PRIMITIVES.signatures.node.newPrivateKey,
  publicKey: (privateKey) => rawPublicKey(need(nodePrivate(privateKey))),
  sign: (privateKey, message) => new Uint8Array(sign(null, message, need(nodePrivate(privateKey)))),
  verify: (publicKey, message, signature) => {
    if (signature.length !== 64) return false;
    const key = nodePublic(publicKey);
    return key !== null && verify(null, message, key, signature);
  },
};

const agreementPublicKey = (privateKey: Uint8Array): Uint8Array => rawPublicKey(pkcs8(privateKeyDer('agreement', privateKey)));

function agree(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const mine = pkcs8(privateKeyDer('agreement', privateKey));
  return new Uint8Array(diffieHellman({ privateKey: mine, publicKey: need(agreementPublic(publicKey)) }));
}

/** Each with the bytes that it was made of, and gone with the array that was given. */
const secretKeys = new WeakMap<Uint8Array, { readonly bytes: Uint8Array; readonly object: KeyObject }>();

/**
 * A key object is three times as fast as raw bytes, which Node first tries as every other kind of key; making one for each chunk of a file
 * would cost half as much as opening the chunk.
 */
function secretKey(key: Uint8Array): KeyObject {
  const known = secretKeys.get(key);
  // Whoever gave the array may have written over it.
  if (known !== undefined && equalBytes(known.bytes, key)) return known.object;
  const object = createSecretKey(key);
  secretKeys.set(key, { bytes: Uint8Array.from(key), object });
  return object;
}

function aeadSealApart(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const cipher = createCipheriv(AEAD, secretKey(key), nonce, { authTagLength: TAG_SIZE });
  const body = cipher.update(plaintext);
  cipher.final();
  return [body, cipher.getAuthTag()];
}

const aeadSeal = (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  concatBytes(...aeadSealApart(key, nonce, plaintext));

function aeadOpen(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  if (ciphertext.length < TAG_SIZE) throw new Error('ciphertext shorter than its tag');
  const body = ciphertext.length - TAG_SIZE;
  const decipher = createDecipheriv(AEAD, secretKey(key), nonce, { authTagLength: TAG_SIZE });
  decipher.setAuthTag(ciphertext.subarray(body));
  const out = decipher.update(ciphertext.subarray(0, body));
  decipher.final();
  return new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
}

/** `into` is for trees (see `Hash` of libs/ledger): one string and no buffer per hash makes a million leaves twice as fast. */
const hashBytes = Object.assign((bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer')), {
  into: (bytes: Uint8Array, out: Uint8Array, at: number): void => {
    Buffer.from(out.buffer, out.byteOffset, out.byteLength).write(hash('sha256', bytes, 'binary'), at, 'latin1');
  },
});

/** The same results through OpenSSL: 10 to 60 times the speed of the portable ones. */
export const NODE_PRIMITIVES: Primitives = {
  hash: hashBytes,
  hashHex: (bytes) => hash('sha256', bytes, 'hex'),
  newHash: () => {
    const running = createHash('sha256');
    return {
      update: (bytes) => {
        running.update(bytes);
      },
      hex: () => running.digest('hex'),
    };
  },
  crc32: (bytes, before = 0) => crc32(bytes, before),
  mac: (key, message) => new Uint8Array(createHmac('sha256', key).update(message).digest()),
  derive: (secret, salt, info, length) => new Uint8Array(hkdfSync('sha256', secret, salt, info, length)),
  aeadSeal,
  aeadSealApart,
  aeadOpen,
  agree,
  agreementPublicKey,
  proveAgreementKey,
  checkAgreementKey,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  signatures: { command, node },
};
