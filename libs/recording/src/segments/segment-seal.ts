import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const SEGMENT_KEY_BYTES = 32;

/** Where a segment stands: its ciphertext opens at this place and at no other. */
export interface SegmentPlace {
  readonly origin: string;
  readonly venue: string;
  /** {@link trackKey} of its track. */
  readonly track: string;
  readonly index: number;
}

/** AES-256-GCM under a key of the lot at this venue, with a nonce of its own: `nonce ‖ ciphertext ‖ tag`, as WebCrypto opens it. */
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

const placeBytes = ({ origin, venue, track, index }: SegmentPlace): Uint8Array =>
  Buffer.from(`gongping/segment/1\n${origin}\n${venue}\n${track}\n${String(index)}`);
