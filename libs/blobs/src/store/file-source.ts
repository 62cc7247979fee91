import type { Readable } from 'node:stream';

/** Part of a file: bytes `from` to before `to`. */
export interface ByteSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Files by their SHA-256 hash as a venue serves them: the main venue out of its store, a site through from the main venue. Every method
 * throws MALFORMED on a name that is no hash, and UNAVAILABLE where the file lies behind a line that is cut.
 */
export abstract class FileSource {
  /** Bytes of the file; null when there is none of this hash. */
  abstract size(hash: string): Promise<number | null>;
  /**
   * The file or part of it as a stream, whose owner reads it to the end or destroys it. Null when it is not here. A span that runs past the
   * end is cut there.
   */
  abstract open(hash: string, span?: ByteSpan): Promise<Readable | null>;
}
