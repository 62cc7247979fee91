import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import { decodePublicKey, encodePublicKey } from '../keys/public-keys.js';
import { privateKeyDer, readPrivateKeyDer } from '../keys/der-keys.js';
import type { Primitives, SignatureKind } from './primitives.js';

export type ProfileId = 'gp-std-1';

/** Somebody who signs. A browser's key answers later, a local one at once. */
export interface Signer {
  /** Tagged public key (see `encodePublicKey`). */
  readonly publicKey: string;
  /** Signature of the bytes as they stand, base64url of 64 bytes. */
  readonly sign: (message: Uint8Array) => string | Promise<string>;
}

/** A signer whose private key lies in this process. */
export interface LocalSigner extends Signer {
  /** PKCS#8 DER, base64url. */
  readonly privateKey: string;
  readonly sign: (message: Uint8Array) => string;
}

/**
 * Algorithms and formats of one lot, frozen when it is published. Pure and synchronous apart from the two `new…`/`generate…`
 * calls, which draw random bytes. Nothing outside this library names an algorithm.
 */
export interface CryptoProfile {
  readonly id: ProfileId;
  /** For code of this library; others use the members below. */
  readonly primitives: Primitives;
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  /** The same of bytes that come piece after piece. */
  readonly newHash: Primitives['newHash'];
  /** The same as 64 lower-case hexadecimal digits; a text is hashed as UTF-8. */
  readonly hashHex: (content: Uint8Array | string) => string;
  readonly mac: (key: Uint8Array, message: Uint8Array) => Uint8Array;
  /** 32 random bytes, base64url (43 characters). */
  readonly newSalt: () => string;
  /** Hexadecimal H(salt ‖ content); `salt` is base64url of 32 bytes, else this throws. */
  readonly commitment: (salt: string, content: string | Uint8Array) => string;
  /** Whether `signature` is the strict form of a good signature by `publicKey`; false on anything malformed. */
  readonly verify: (publicKey: string, message: Uint8Array, signature: string) => boolean;
  /** The same for a signature that already is bytes. */
  readonly verifyBytes: (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean;
  readonly generateSigner: (kind?: SignatureKind) => LocalSigner;
  /** From PKCS#8 DER in base64url; throws when it is no signing key of this profile. */
  readonly signerFrom: (privateKey: string) => LocalSigner;
}

const SALT_SIZE = 32;

/** Where salt and text of a commitment are put together: fresh memory for each costs more than its hash. */
const SALTED = new Uint8Array(24_576);
const UTF8_BYTES_MAX = 3;
const encoder = new TextEncoder();

/** Good until the next call. */
function salted(salt: Uint8Array, content: string | Uint8Array): Uint8Array {
  if (typeof content !== 'string') return concatBytes(salt, content);
  if (SALT_SIZE + content.length * UTF8_BYTES_MAX > SALTED.length) return concatBytes(salt, utf8(content));
  SALTED.set(salt);
  const { written } = encoder.encodeInto(content, SALTED.subarray(SALT_SIZE));
  return SALTED.subarray(0, SALT_SIZE + written);
}

export function createProfile(id: ProfileId, primitives: Primitives): CryptoProfile {
  const signer = (kind: SignatureKind, secret: Uint8Array): LocalSigner => {
    const primitive = primitives.signatures[kind];
    return {
      publicKey: encodePublicKey(kind, primitive.publicKey(secret)),
      privateKey: toBase64Url(privateKeyDer(kind, secret, primitive.publicPoint?.(secret))),
      sign: (message) => toBase64Url(primitive.sign(secret, message)),
    };
  };
  const verifyBytes = (publicKey: string, message: Uint8Array, signature: Uint8Array): boolean => {
    const key = decodePublicKey(publicKey);
    return key !== null && key.kind !== 'agreement' && primitives.signatures[key.kind].verify(key.raw, message, signature);
  };
  return {
    id,
    primitives,
    hash: primitives.hash,
    newHash: primitives.newHash,
    hashHex: (content) => primitives.hashHex(typeof content === 'string' ? utf8(content) : content),
    mac: primitives.mac,
    newSalt: () => toBase64Url(primitives.randomBytes(SALT_SIZE)),
    commitment: (salt, content) => {
      const bytes = fromBase64Url(salt);
      if (bytes.length !== SALT_SIZE) throw new RangeError(`a salt has ${SALT_SIZE} bytes, not ${bytes.length}`);
      return primitives.hashHex(salted(bytes, content));
    },
    verifyBytes,
    verify: (publicKey, message, signature) => {
      try {
        return verifyBytes(publicKey, message, fromBase64Url(signature));
      } catch {
        return false;
      }
    },
    generateSigner: (kind = 'command') => signer(kind, primitives.signatures[kind].newPrivateKey()),
    signerFrom: (privateKey) => {
      const key = readPrivateKeyDer(fromBase64Url(privateKey));
      if (key === null || key.kind === 'agreement') throw new Error('not a signing key of this profile');
      return signer(key.kind, key.secret);
    },
  };
}
