import { bytesToHex } from '@noble/hashes/utils.js';
import { base64urlnopad, hex } from '@scure/base';

/** Hexadecimal, lower case: hashes and commitments. */
export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes);
export const fromHex = (text: string): Uint8Array => hex.decode(text);
/** base64url without padding: every other byte string in JSON. */
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);
/** Throws on padding, foreign characters and non-zero trailing bits, so that one byte string has one text. */
export const fromBase64Url = (text: string): Uint8Array => base64urlnopad.decode(text);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concatBytes(...chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

/** In a time that says nothing of where they differ: what is compared may be a MAC. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  // A loop: `every` with its callback takes four times as long on the megabytes of a container.
  for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
