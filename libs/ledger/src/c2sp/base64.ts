import { base64 } from '@scure/base';
import type { LedgerFormat } from '../errors.js';
import { LedgerFormatError } from '../errors.js';
import { HASH_SIZE } from '../tree/hash.js';

/** Standard base64 with padding (RFC 4648 §4), as all C2SP formats have it. */
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);

/** Reads the one form of {@link toBase64}; throws {@link LedgerFormatError} on any other. */
export function fromBase64(format: LedgerFormat, text: string): Uint8Array {
  try {
    const bytes = base64.decode(text);
    if (base64.encode(bytes) === text) return bytes;
  } catch {
    // Falls through to the one refusal below.
  }
  throw new LedgerFormatError(format, 'bad base64');
}

/** Reads a hash in base64. */
export function hashFromBase64(format: LedgerFormat, text: string): Uint8Array {
  const bytes = fromBase64(format, text);
  if (bytes.length !== HASH_SIZE) throw new LedgerFormatError(format, `a hash of ${bytes.length} bytes`);
  return bytes;
}

const DECIMAL = /^(0|[1-9][0-9]{0,15})$/;

/** Reads an ASCII decimal without leading zeroes, up to 2^53 − 1. */
export function decimal(format: LedgerFormat, text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new LedgerFormatError(format, 'not a decimal number in range');
  return value;
}
