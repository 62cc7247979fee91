/**
 * Shamir's secret sharing over GF(2^8) with the polynomial x^8+x^4+x^3+x+1: byte k of a share is the value of one polynomial
 * per secret byte at the keeper's number (1 … 255). Tables are indexed by secret bytes; who measures cache lines of the process
 * that deals has its memory anyway.
 */
const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = value;
  EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ value ^ (value & 0x80 ? 0x11b : 0); // times the generator 3
}

const multiply = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0));
const divide = (a: number, b: number): number => (a === 0 ? 0 : (EXP[(LOG[a] ?? 0) + 255 - (LOG[b] ?? 0)] ?? 0));

export interface Share {
  /** Keeper's place, from 1. */
  readonly number: number;
  readonly value: Uint8Array;
}

/** Share `number` of a secret; `coefficients` are those of x, x², … and as long as the secret. */
export function shareOf(secret: Uint8Array, coefficients: readonly Uint8Array[], number: number): Uint8Array {
  return secret.map((constant, at) => {
    let sum = 0;
    for (let degree = coefficients.length - 1; degree >= 0; degree -= 1) sum = multiply(sum ^ (coefficients[degree]?.[at] ?? 0), number);
    return sum ^ constant;
  });
}

/** Value at 0 of the polynomial through the shares; numbers must differ. */
export function combineShares(shares: readonly Share[]): Uint8Array {
  const out = new Uint8Array(shares[0]?.value.length ?? 0);
  for (const share of shares) {
    let weight = 1;
    for (const other of shares) if (other !== share) weight = multiply(weight, divide(other.number, other.number ^ share.number));
    share.value.forEach((byte, at) => {
      out[at] = (out[at] ?? 0) ^ multiply(byte, weight);
    });
  }
  return out;
}
