/** A hash of bytes that come one after the other. */
interface RunningDigest {
  readonly update: (chunk: Uint8Array) => unknown;
  /** Lower-case hexadecimal; ends the digest. */
  readonly hex: () => string;
}

/** How blobs are hashed and checked while they are read; `@app/archive/node` has the ones of Node. */
export interface Digests {
  readonly sha256: () => RunningDigest;
  /** CRC-32 of what came before and `bytes`. */
  readonly crc32: (bytes: Uint8Array, before: number) => number;
}
