import type { ArchivedBlob } from '@app/archive';
import type { BlobStore } from '@app/blobs';
import type { ByteSource } from '@app/sealing';
import { chunksOf } from '@app/sealing';
import { DomainError, forgetOldest } from '@app/platform';
import { openFile } from '@app/sealing/node';
import { crc32 } from 'node:zlib';

/** Checksums that are remembered; a blob never changes, so none is ever wrong. */
const CHECKSUMS_MAX = 10_000;

/**
 * Stored files as an archive holds them. The checksum that the container wants before a file's bytes costs one reading, once. Chunks of
 * `stream` lie in the same two buffers, as those of a file that is opened with `overwrites`.
 */
export class ArchivedBlobs {
  readonly #checksums = new Map<string, Promise<number>>();

  constructor(private readonly blobs: Pick<BlobStore, 'size' | 'path'>) {}

  /** Null when there is no such file. */
  async find(hash: string): Promise<ArchivedBlob | null> {
    const source = await this.#source(hash);
    return source === null ? null : { ...source, crc: await this.#checksum(hash, source) };
  }

  async #source(hash: string): Promise<ByteSource | null> {
    const { blobs } = this;
    const size = await blobs.size(hash);
    if (size === null) return null;
    async function* stream(from: number, to: number): AsyncGenerator<Uint8Array> {
      const path = await blobs.path(hash);
      if (path === null) throw new DomainError('NOT_FOUND', `The file ${hash} is not here any more.`);
      const file = await openFile(path, { overwrites: true });
      try {
        yield* chunksOf(file, from, to);
      } finally {
        await file.close();
      }
    }
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      let at = 0;
      for await (const chunk of stream(from, to)) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      return bytes;
    };
    return { size, stream, read };
  }

  #checksum(hash: string, source: ByteSource): Promise<number> {
    const known = this.#checksums.get(hash);
    if (known !== undefined) return known;
    const made = compute(source);
    this.#checksums.set(hash, made);
    made.catch(() => this.#checksums.delete(hash));
    forgetOldest(this.#checksums, CHECKSUMS_MAX);
    return made;
  }
}

async function compute(source: ByteSource): Promise<number> {
  let crc = 0;
  for await (const chunk of chunksOf(source)) crc = crc32(chunk, crc);
  return crc;
}
