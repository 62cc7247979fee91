import { type SegmentPlace, segmentPlaceText } from '@app/contracts';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const SEGMENT_KEY_BYTES = 32;

/**
 * Key of one segment, made from the key of its lot at its venue (HKDF-SHA256, RFC 5869): whoever is given some of them opens these and no other.
 */
export const segmentKey = (lotKey: Uint8Array, place: SegmentPlace): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', lotKey, '', `gongping/segment-key/1\n${segmentPlaceText(place)}`, SEGMENT_KEY_BYTES));

/** AES-256-GCM under the segment's key, with a nonce of its own: `nonce ‖ ciphertext ‖ tag`, as WebCrypto opens it. */
export function sealSegment(key: Uint8Array, place: SegmentPlace, file: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(placeBytes(place));
  return Buffer.concat([nonce, cipher.update(file), cipher.final(), cipher.getAuthTag()]);
}

/** The file, or null where key, place or bytes are not those that it was sealed with. */
export function openSegment(key: Uint8Array, place: SegmentPlace, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(placeBytes(place));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    // The only failure of this call: the tag does not fit, which the caller is told.
    return null;
  }
}

const placeBytes = (place: SegmentPlace): Uint8Array => Buffer.from(segmentPlaceText(place));
