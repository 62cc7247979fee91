import { p256 } from '@noble/curves/nist.js';
import { concatBytes, fromHex, toHex } from '@app/contracts';

const SCALAR_SIZE = 32;
const ORDER = p256.Point.Fn.ORDER;
const HALF_ORDER = fromHex((ORDER >> 1n).toString(16));

/** Whether a signature r‖s is the one of its two forms that is taken: s in the lower half (SEC 1 §4.1.3 allows both). */
export function isLowS(signature: Uint8Array): boolean {
  if (signature.length !== 2 * SCALAR_SIZE) return false;
  for (let at = 0; at < SCALAR_SIZE; at += 1) {
    const difference = (signature[SCALAR_SIZE + at] ?? 0) - (HALF_ORDER[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** The form that is taken of a signature r‖s: OpenSSL and browsers give either. */
export function toLowS(signature: Uint8Array): Uint8Array {
  if (isLowS(signature)) return signature;
  const s = ORDER - BigInt(`0x${toHex(signature.subarray(SCALAR_SIZE))}`);
  return concatBytes(signature.subarray(0, SCALAR_SIZE), fromHex(s.toString(16).padStart(2 * SCALAR_SIZE, '0')));
}
