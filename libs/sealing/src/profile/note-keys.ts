import { fromBase64Url } from '@app/contracts';
import { decodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile, LocalSigner } from './crypto-profile.js';

/** What libs/ledger's `NoteSuite` asks: C2SP notes carry the raw bytes of node keys. */
export function noteSuite(profile: CryptoProfile): {
  hash: (bytes: Uint8Array) => Uint8Array;
  verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
} {
  const { verify } = profile.primitives.signatures.node;
  return {
    hash: profile.hash,
    verify: (publicKey, message, signature) => signature.length === 64 && verify(publicKey, message, signature),
  };
}

/** What libs/ledger's `VerifierKey` asks, of a tagged public key. Null when it is no node key. */
export function noteKey(
  publicKey: string,
  keyName: string,
  type: number,
): { readonly keyName: string; readonly type: number; readonly publicKey: Uint8Array } | null {
  const key = decodePublicKey(publicKey);
  return key?.kind === 'node' ? { keyName, type, publicKey: key.raw } : null;
}

/** What libs/ledger's `NoteSigner` asks: a node's key under a name of signed notes. Throws when the signer is no node's. */
export function noteSigner(signer: LocalSigner, keyName: string, type: number) {
  const key = noteKey(signer.publicKey, keyName, type);
  if (key === null) throw new TypeError('only a node key signs notes');
  return { ...key, sign: (message: Uint8Array): Uint8Array => fromBase64Url(signer.sign(message)) };
}
