import { DomainError } from '@app/platform';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteSpan } from './file-source.js';
import { BlobStore, isHash, requireHash } from './blob-store.js';
import { asRefusal, errnoOf, fileSize, syncPath } from './files.js';

/** Bytes read or written at a time. */
export const BLOB_CHUNK_BYTES = 1 << 18;

/**
 * Blobs in a folder, `ab/abcd…`. A file takes its name only when it is whole, by a rename within the file system. Several processes may
 * share the folder.
 */
export class FolderBlobStore extends BlobStore {
  constructor(private readonly folder: string) {
    super();
  }

  async size(hash: string): Promise<number | null> {
    return fileSize(this.#path(hash));
  }

  async open(hash: string, span?: ByteSpan): Promise<Readable | null> {
    const size = await this.size(hash);
    if (size === null) return null;
    const from = Math.max(0, span?.from ?? 0);
    const to = Math.min(size, span?.to ?? size);
    if (from >= to) return Readable.from([]);
    return createReadStream(this.#path(hash), { start: from, end: to - 1, highWaterMark: BLOB_CHUNK_BYTES });
  }

  async path(hash: string): Promise<string | null> {
    return (await this.has(hash)) ? this.#path(hash) : null;
  }

  async put(hash: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.#path(hash);
    const arriving = join(this.folder, 'arriving', randomUUID());
    await mkdir(dirname(arriving), { recursive: true, mode: 0o700 });
    const digest = createHash('sha256');
    // Opened before anything can fail: a stream that opens its file itself may make it after the failure was cleared away.
    const file = await open(arriving, 'wx', 0o600).catch((error: unknown) => {
      throw asRefusal(error);
    });
    try {
      await pipeline(
        content,
        async function* (chunks) {
          for await (const chunk of chunks) {
            digest.update(chunk);
            yield chunk;
          }
        },
        file.createWriteStream({ highWaterMark: BLOB_CHUNK_BYTES, flush: true }),
      );
      if (digest.digest('hex') !== hash) throw mismatch(hash);
      await this.#place(arriving, target);
    } catch (error) {
      await rm(arriving, { force: true });
      throw asRefusal(error);
    }
  }

  async adopt(hash: string, path: string): Promise<void> {
    await this.#place(path, this.#path(hash));
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#path(hash), { force: true });
  }

  async hashes(): Promise<string[]> {
    const names = await readdir(this.folder, { recursive: true }).catch((error: unknown) => {
      // There is no folder before the first file.
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    });
    return names.map((name) => basename(name)).filter(isHash);
  }

  /** A file of this name that is here already has the same content and stays: somebody may be reading it. */
  async #place(path: string, target: string): Promise<void> {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    try {
      await link(path, target);
      await unlink(path);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') await unlink(path);
      // A file system without hard links: the name is taken in one step all the same.
      else if (errnoOf(error) === 'EPERM' || errnoOf(error) === 'ENOTSUP') await rename(path, target);
      else throw asRefusal(error);
    }
    await syncPath(dirname(target));
  }

  #path(hash: string): string {
    return join(this.folder, requireHash(hash).slice(0, 2), hash);
  }
}

export const mismatch = (hash: string): DomainError =>
  new DomainError('HASH_MISMATCH', `The file is not the one that the hash ${hash.slice(0, 12)}… names. Nothing was kept; upload it again.`);
