/** Values for K from which one is drawn, at least two and few enough that a word names each. */
const WORD_HEX_DIGITS = 16;
const WORD_RANGE = 1n << 64n;
/** With 50 values a word is rejected once in 10^17 times; a longer run than this means the hash is none. */
const REJECTIONS_MAX = 100;

export interface CoefficientDraw {
  /** Code of the lot, so that no other lot's contributions give this seed. */
  readonly lotCode: string;
  /** The main venue's nonce, sealed like everybody's. */
  readonly secret: string;
  /** `party:nonce` of every other contribution, in any order. */
  readonly contributions: readonly string[];
  /** Candidate values in the order of the tender document. */
  readonly values: readonly string[];
  /** The profile's hash of a text's UTF-8, hexadecimal. */
  readonly hashHex: (text: string) => string;
}

/**
 * 系数抽取 (domain.md §5.4, TV-DRAW-01): seed = H(lot|K|secret|c1|c2|…) with sorted contributions; the first 64-bit word of H(seed|counter)
 * below the largest multiple of n gives the index, so every value is equally likely.
 */
export function drawCoefficient({ lotCode, secret, contributions, values, hashHex }: CoefficientDraw): { seed: string; value: string } {
  const seed = hashHex([lotCode, 'K', secret, ...[...contributions].sort()].join('|'));
  const n = BigInt(values.length);
  const limit = (WORD_RANGE / n) * n;
  for (let counter = 0; counter < REJECTIONS_MAX; counter++) {
    const word = BigInt(`0x${hashHex(`${seed}|${counter}`).slice(0, WORD_HEX_DIGITS)}`);
    const value = word < limit ? values[Number(word % n)] : undefined;
    if (value !== undefined) return { seed, value };
  }
  throw new Error('no word below the limit');
}
