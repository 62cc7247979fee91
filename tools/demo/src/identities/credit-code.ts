/** 统一社会信用代码 (unified social credit code, GB 32100-2015): 17 characters and a check character. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Completes 17 characters of the standard's alphabet (no I, O, S, V, Z). Throws on others. */
export function creditCode(body: string): string {
  if (body.length !== 17) throw new RangeError('a credit code has 17 characters before its check character');
  let sum = 0;
  let weight = 1;
  for (const char of body) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) throw new RangeError(`${char} does not occur in credit codes`);
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return body + (ALPHABET[(31 - (sum % 31)) % 31] ?? '');
}
