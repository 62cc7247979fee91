/** Formats this library reads; the name a {@link LedgerFormatError} carries. */
export type LedgerFormat =
  | 'note'
  | 'verifier-key'
  | 'checkpoint'
  | 'cosignature'
  | 'add-checkpoint'
  | 'tile'
  | 'entry-bundle'
  | 'tlog-proof'
  | 'tlog-policy'
  | 'frontier'
  | 'header'
  | 'evidence';

/** A byte string or text is not the format it claims to be. Refused as a whole: no reader here repairs or skips. */
export class LedgerFormatError extends Error {
  constructor(
    readonly format: LedgerFormat,
    readonly reason: string,
  ) {
    super(`not a ${format}: ${reason}`);
    this.name = 'LedgerFormatError';
  }
}

/** A caller broke the contract of a function (a size that is no size, an index outside the tree). A programmer's error. */
export class LedgerRangeError extends RangeError {
  override readonly name = 'LedgerRangeError';
}

export function assertSize(size: number, what = 'size'): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new LedgerRangeError(`${what} ${size} is not a tree size`);
}
