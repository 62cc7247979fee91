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

/** Every step of a draw of K, so that whoever looks can follow it. */
export interface CoefficientTrace {
  /** What the seed is the hash of. */
  readonly text: string;
  readonly seed: string;
  /** First 64-bit words of H(seed|0), H(seed|1) …, hexadecimal; the last one chose, those before it were not below the limit. */
  readonly words: readonly string[];
  /** Place of the drawn value among the candidates, from 0. */
  readonly index: number;
  readonly value: string;
}

/**
 * 系数抽取 (domain.md §5.4, TV-DRAW-01): seed = H(lot|K|secret|c1|c2|…) with sorted contributions; the first 64-bit word of H(seed|counter)
 * below the largest multiple of n gives the index, so every value is equally likely.
 */
export function traceCoefficient({ lotCode, secret, contributions, values, hashHex }: CoefficientDraw): CoefficientTrace {
  const text = [lotCode, 'K', secret, ...[...contributions].sort()].join('|');
  const seed = hashHex(text);
  const n = BigInt(values.length);
  const limit = (WORD_RANGE / n) * n;
  const words: string[] = [];
  for (let counter = 0; counter < REJECTIONS_MAX; counter++) {
    const hex = hashHex(`${seed}|${counter}`).slice(0, WORD_HEX_DIGITS);
    const word = BigInt(`0x${hex}`);
    words.push(hex);
    const index = Number(word % n);
    const value = word < limit ? values[index] : undefined;
    if (value !== undefined) return { text, seed, words, index, value };
  }
  throw new Error('no word below the limit');
}

/** The seed and K that a draw gives. */
export function drawCoefficient(draw: CoefficientDraw): { seed: string; value: string } {
  const { seed, value } = traceCoefficient(draw);
  return { seed, value };
}
