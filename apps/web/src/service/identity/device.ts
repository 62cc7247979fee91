import { fromBase64Url, fromHex, toBase64Url } from '@app/contracts';
import type { Signer } from '@app/sealing';
import type { KeptIdentity } from './key-store.js';

/**
 * A key inside the browser as a signer: the one place of the client that speaks to WebCrypto. The key is imported
 * non-extractable, so page code can use it and can not read it. A hardware token would be a second file beside this one.
 */
const IMPORT: EcKeyImportParams = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGN: EcdsaParams = { name: 'ECDSA', hash: 'SHA-256' };
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const SCALAR_SIZE = 32;

/** Imports a private key (PKCS#8 DER, base64url). Throws when it is no signing key of the platform's profile. */
export function importKey(privateKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', Uint8Array.from(fromBase64Url(privateKey)), IMPORT, false, ['sign']);
}

/** `publicKey`: the certificate's, tagged. */
export function deviceSigner(identity: Pick<KeptIdentity, 'key'>, publicKey: string): Signer {
  return {
    publicKey,
    sign: async (message) => toBase64Url(lowerHalf(new Uint8Array(await crypto.subtle.sign(SIGN, identity.key, Uint8Array.from(message))))),
  };
}

/** Brings s into the lower half: the profile takes one form of each signature, WebCrypto gives either. */
export function lowerHalf(signature: Uint8Array): Uint8Array {
  const s = [...signature.subarray(SCALAR_SIZE)].reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (s <= ORDER / 2n) return signature;
  const out = signature.slice();
  out.set(fromHex((ORDER - s).toString(16).padStart(SCALAR_SIZE * 2, '0')), SCALAR_SIZE);
  return out;
}
