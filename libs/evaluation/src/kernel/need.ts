/** A value that an earlier check or the loop's bound guarantees; its absence is a programmer's error, never an input's. */
export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a value that must be there is not');
  return value;
}
