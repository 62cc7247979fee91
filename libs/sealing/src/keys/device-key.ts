import { fromBase64Url, toBase64Url } from '@app/contracts';
import type { Signer } from '../profile/crypto-profile.js';
import { toLowS } from './low-s.js';

// Types of the global, so that neither the browser's nor Node's declarations are asked for.
type WebCrypto = typeof crypto.subtle;
/** A key that WebCrypto keeps: page code can use it and cannot read it. It can be stored in IndexedDB. */
export type DeviceKey = Awaited<ReturnType<WebCrypto['importKey']>>;

const AGREE = { name: 'X25519' };
const SHARED_BITS = 256;
const IMPORT = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGN = { name: 'ECDSA', hash: 'SHA-256' };

/** Imports a private key for commands (PKCS#8 DER, base64url), non-extractable. Rejects when it is no signing key of the profile. */
export function importDeviceKey(privateKey: string): Promise<DeviceKey> {
  return crypto.subtle.importKey('pkcs8', Uint8Array.from(fromBase64Url(privateKey)), IMPORT, false, ['sign']);
}

/** `publicKey`: the certificate's, tagged. A hardware token would be a second function beside this one. */
export function deviceSigner(key: DeviceKey, publicKey: string): Signer {
  return {
    publicKey,
    sign: async (message) => toBase64Url(toLowS(new Uint8Array(await crypto.subtle.sign(SIGN, key, Uint8Array.from(message))))),
  };
}

/** Imports a private key that bids are encrypted to (PKCS#8 DER, base64url), non-extractable. Rejects when it is no such key. */
export function importAgreementKey(privateKey: string): Promise<DeviceKey> {
  return crypto.subtle.importKey('pkcs8', Uint8Array.from(fromBase64Url(privateKey)), AGREE, false, ['deriveBits']);
}

/** What the key makes with somebody's public share. Rejects on a share of small order (RFC 7748 §6.1). */
export async function deviceAgree(key: DeviceKey, share: Uint8Array): Promise<Uint8Array> {
  const other = await crypto.subtle.importKey('raw', Uint8Array.from(share), AGREE, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ ...AGREE, public: other }, key, SHARED_BITS));
}
