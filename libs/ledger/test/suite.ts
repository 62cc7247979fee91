import { createHash, createPrivateKey, createPublicKey, hash as digest, sign, verify } from 'node:crypto';
import type { Hash, NoteSigner, NoteSuite } from '../src/index.js';

/** Implementations for this library's own tests, which may import no other library. Private keys derive from a name. */

const into = (bytes: Uint8Array, out: Uint8Array, at: number): void => {
  Buffer.from(out.buffer, out.byteOffset, out.byteLength).write(digest('sha256', bytes, 'binary'), at, 32, 'latin1');
};
export const plainHash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
export const fastHash: Hash = Object.assign((bytes: Uint8Array) => plainHash(bytes), { into });

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const suite: NoteSuite = {
  hash: plainHash,
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  },
};

/** A signer whose key is fixed by `seed`. */
export function signerOf(keyName: string, type: number, seed = keyName): NoteSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, plainHash(Buffer.from(seed))]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    keyName,
    type,
    publicKey: new Uint8Array(spki.subarray(SPKI.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}
