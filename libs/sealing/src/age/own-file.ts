import { fromBase64Url } from '@app/contracts';
import { rawAgreementKey } from '../box/dealing.js';
import type { KeeperKey } from '../box/keeper-keys.js';
import type { DeviceKey } from '../keys/device-key.js';
import { deviceAgree } from '../keys/device-key.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { freshSecrets, sealFile } from './age-file.js';
import { HEADER_SIZE, readHeader, unwrapAgreed, unwrapHeader } from './age-header.js';
import { openPayload } from './age-stream.js';

/** Something for the holder of an encryption key alone: a whole age v1 file. `publicKey` is tagged; throws when it is no such key. */
export const sealToKey = ({ primitives }: CryptoProfile, publicKey: string, content: Uint8Array): Uint8Array =>
  sealFile(primitives, freshSecrets(primitives, rawAgreementKey(publicKey)), content);

/** What is in such a file, by a key that WebCrypto keeps; null when it is another's, or was changed. */
export async function openOnDevice(
  { primitives }: CryptoProfile,
  sealed: Uint8Array,
  key: DeviceKey,
  publicKey: string,
): Promise<Uint8Array | null> {
  try {
    const header = sealed.subarray(0, HEADER_SIZE);
    const agreed = await deviceAgree(key, readHeader(header).share);
    const fileKey = unwrapAgreed(primitives, header, rawAgreementKey(publicKey), agreed);
    return fileKey === null ? null : openPayload(primitives, fileKey, sealed.subarray(HEADER_SIZE));
  } catch {
    return null;
  }
}

/** The same by a key in memory: one that was made for this file alone. */
export function openByKey({ primitives }: CryptoProfile, sealed: Uint8Array, { privateKey }: KeeperKey): Uint8Array | null {
  try {
    const fileKey = unwrapHeader(primitives, sealed.subarray(0, HEADER_SIZE), fromBase64Url(privateKey));
    return fileKey === null ? null : openPayload(primitives, fileKey, sealed.subarray(HEADER_SIZE));
  } catch {
    return null;
  }
}
