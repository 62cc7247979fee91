import { fromBase64Url, toBase64Url } from '@app/contracts';
import type { Signer } from '../profile/crypto-profile.js';
import { toLowS } from './low-s.js';

// Types of the global, so that neither the browser's nor Node's declarations are asked for.
type WebCrypto = typeof crypto.subtle;
/** A key that WebCrypto keeps: page code can use it and can not read it. It can be stored in IndexedDB. */
export type DeviceKey = Awaited<ReturnType<WebCrypto['importKey']>>;

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
