import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BLOB_CHUNK_BYTES } from './folder-blob-store.js';

/** SHA-256 of a file while it grows, and how many of its bytes are in it. */
export class RunningHash {
  readonly #hash: Hash = createHash('sha256');
  #size = 0;

  get size(): number {
    return this.#size;
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#size += chunk.length;
  }

  /** Hashes what lies in the file from where this stands up to `size`: after a restart, or when another process wrote in between. */
  async catchUp(path: string, size: number): Promise<void> {
    if (size <= this.#size) return;
    const content = createReadStream(path, { start: this.#size, end: size - 1, highWaterMark: BLOB_CHUNK_BYTES });
    for await (const chunk of content) this.update(chunk as Uint8Array);
  }

  /** Lower-case hexadecimal. Ends this object: it takes no more bytes. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
