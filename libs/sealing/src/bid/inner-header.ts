import { fromBase64Url, toBase64Url } from '@app/contracts';
import { HEADER_SIZE, headerFits, readHeader, unwrapAgreed, unwrapHeader } from '../age/age-header.js';
import { rawAgreementKey } from '../box/dealing.js';
import { LOCAL_SIZE, readLocal } from '../container/container-layout.js';
import type { DeviceKey } from '../keys/device-key.js';
import { deviceAgree } from '../keys/device-key.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';

/** First file of a bid's container: the index, sealed to the bidder. */
export const INDEX_PLACE = 'index.age';
const INDEX_HEADER_SIZE = LOCAL_SIZE + INDEX_PLACE.length;
/** As much of a bid's beginning as {@link innerHeaderOf} needs. */
export const INNER_HEADER_REACH = INDEX_HEADER_SIZE + HEADER_SIZE;

/** Whether bytes begin with the header of a sealed file: what a delivered ciphertext must do at least. */
export function beginsSealed(bytes: Uint8Array): boolean {
  try {
    readHeader(bytes.subarray(0, HEADER_SIZE));
    return true;
  } catch {
    return false;
  }
}

/** Where the inner header stands in what the outer box holds: form 2 is a container that begins with the index, form 1 one sealed file. */
export function innerFormOf(begin: Uint8Array): { readonly v: 1 | 2; readonly headerAt: number } | null {
  if (beginsSealed(begin)) return { v: 1, headerAt: 0 };
  try {
    const { name, headerSize } = readLocal(begin) ?? { name: '', headerSize: 0 };
    return name === INDEX_PLACE && beginsSealed(begin.subarray(headerSize)) ? { v: 2, headerAt: headerSize } : null;
  } catch {
    return null;
  }
}

/**
 * Header of the inner layer (base64url), from the beginning of what the outer box holds: all that goes to the bidder at opening. Null
 * when there is none.
 */
export function innerHeaderOf(begin: Uint8Array): string | null {
  const form = innerFormOf(begin);
  return form === null ? null : toBase64Url(begin.subarray(form.headerAt, form.headerAt + HEADER_SIZE));
}

/** Hexadecimal H(header), for comparison with the signed `innerHeaderHash`. Throws when `header` is not base64url. */
export const innerHeaderHash = (profile: CryptoProfile, header: string): string => profile.hashHex(fromBase64Url(header));

/** File key (base64url of 16 bytes) for the holder of the encryption key, or null: the header is not for him, or was changed. */
export function unwrapFileKey(profile: CryptoProfile, header: string, encryptionPrivateKey: string): string | null {
  try {
    const fileKey = unwrapHeader(profile.primitives, fromBase64Url(header), fromBase64Url(encryptionPrivateKey));
    return fileKey === null ? null : toBase64Url(fileKey);
  } catch {
    return null;
  }
}

/** The same with a key that WebCrypto keeps; `publicKey` is its public half, tagged. */
export async function unwrapOnDevice(profile: CryptoProfile, header: string, key: DeviceKey, publicKey: string): Promise<string | null> {
  try {
    const bytes = fromBase64Url(header);
    const fileKey = unwrapAgreed(profile.primitives, bytes, rawAgreementKey(publicKey), await deviceAgree(key, readHeader(bytes).share));
    return fileKey === null ? null : toBase64Url(fileKey);
  } catch {
    return null;
  }
}

/** Whether a file key is the one the header was made with (its MAC fits): the bidder cannot give another. */
export function fileKeyFits(profile: CryptoProfile, header: string, fileKey: string): boolean {
  try {
    return headerFits(profile.primitives, fromBase64Url(header), fromBase64Url(fileKey));
  } catch {
    return false;
  }
}
