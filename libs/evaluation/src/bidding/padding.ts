import { canonicalText, type JsonObject, utf8 } from '@app/contracts';
import { z } from 'zod';
import { type RecordedAct, zActs } from './commands.js';

/**
 * What the lock seals is a multiple of so many bytes: sites hold it as ciphertext before they may read it, and its size must not tell how
 * many bid (电子招标投标办法 21). The acts of some hundred bidders fit in one step.
 */
const PADDED_BYTES = 1_048_576;
export const zPadding = z.string().max(PADDED_BYTES);
/** Secret `acts` of the lock. */
export const zPaddedActs = z.strictObject({ acts: zActs, padding: zPadding });

/** Bytes that are missing up to the next step. */
const missing = (value: JsonObject): number => {
  const over = utf8(canonicalText(value)).length % PADDED_BYTES;
  return over === 0 ? 0 : PADDED_BYTES - over;
};

/** The value with a `padding` that makes its canonical text a multiple of {@link PADDED_BYTES} long. */
export const padded = (value: JsonObject): JsonObject => ({ ...value, padding: '0'.repeat(missing({ ...value, padding: '' })) });

export const isPadded = (value: JsonObject): boolean => missing(value) === 0;

/** The secret of the lock: all acts of the lot, of a size that does not tell their number. */
export const actsSecret = (acts: readonly RecordedAct[]): JsonObject => padded({ acts: acts.map((act) => ({ ...act })) });
