import type { ArchivedBlob } from '@app/archive';
import type { BlobStore } from '@app/blobs';
import type { ByteSource } from '@app/sealing';
import { chunksOf } from '@app/sealing';
import { forgetOldest } from '@app/platform';
import { crc32 } from 'node:zlib';
import { blobSource } from '../blobs/blob-source.js';

/** Checksums that are remembered; a blob never changes, so none is ever wrong. */
const CHECKSUMS_MAX = 10_000;

/** Stored files as an archive holds them. The checksum that the container wants before a file's bytes costs one reading, once. */
export class ArchivedBlobs {
  readonly #checksums = new Map<string, Promise<number>>();

  constructor(private readonly blobs: Pick<BlobStore, 'size' | 'open'>) {}

  /** Null when there is no such file. */
  async find(hash: string): Promise<ArchivedBlob | null> {
    const source = await blobSource(this.blobs, hash);
    return source === null ? null : { ...source, crc: await this.#checksum(hash, source) };
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
