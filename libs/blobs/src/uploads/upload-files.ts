import { zUuid } from '@app/contracts';
import { DomainError } from '@app/platform';
import { DataStore, Upload } from '@tus/server';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '../store/blob-store.js';
import { asRefusal, fileSize, syncPath } from '../store/files.js';
import { BLOB_CHUNK_BYTES, mismatch } from '../store/folder-blob-store.js';
import { RunningHash } from '../store/running-hash.js';
import type { UploadRepository } from './upload.repository.js';
import type { UploadRecord } from './upload.types.js';

/** Unfinished uploads whose running hash is kept in memory; of others the hash is computed anew when they go on. */
const RUNNING_HASHES_MAX = 1_000;

/**
 * Where the tus server writes: unfinished uploads as files named by their id, hashed while they grow. The last byte makes a blob of it, or
 * a refusal. Whoever writes or finishes an upload holds its lock.
 */
export class UploadFiles extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  /** By id; touched only by the holder of the upload's lock. */
  readonly #hashes = new Map<string, RunningHash>();
  /** Those whose bytes are on their way to the disk. */
  readonly #flushing = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly blobs: BlobStore,
    private readonly uploads: UploadRepository,
  ) {
    super();
  }

  /** The record was made when the upload was admitted; here is its empty file. */
  override async create(upload: Upload): Promise<Upload> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#path(upload.id), '', { mode: 0o600, flag: 'wx' });
    } catch (error) {
      await this.uploads.remove(upload.id);
      throw asRefusal(error);
    }
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const record = await this.#need(id);
    if (record.state === 'refused') throw mismatch(record.hash);
    const offset = await this.received(record);
    return new Upload({ id, size: record.size, offset, creation_date: record.createdAt });
  }

  /** Bytes of the upload that are on the disk. */
  async received(record: UploadRecord): Promise<number> {
    return record.state === 'stored' ? record.size : ((await fileSize(this.#path(record.id))) ?? 0);
  }

  /** Appends; answers the new offset. What came before a cut is kept. Throws HASH_MISMATCH after the last byte, STORAGE_FULL. */
  override async write(content: Readable, id: string, offset: number): Promise<number> {
    const record = await this.#need(id);
    if (record.state !== 'open') return record.size;
    const running = await this.#runningAt(id, offset);
    let cut: unknown = null;
    const hashed = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of content as AsyncIterable<Uint8Array>) {
          running.update(chunk);
          yield chunk;
        }
      } catch (error) {
        cut = error;
      }
    };
    try {
      await pipeline(hashed(), createWriteStream(this.#path(id), { flags: 'r+', start: offset, highWaterMark: BLOB_CHUNK_BYTES }));
    } catch (error) {
      // How much of it reached the disk is the file's word, not this hash's.
      this.#hashes.delete(id);
      throw asRefusal(error);
    }
    await this.uploads.touch(id);
    if (cut !== null) throw cut instanceof Error ? cut : new Error('the request broke off');
    if (running.size === record.size) await this.#finish(record, running);
    else this.#flushBehind(id);
    return running.size;
  }

  /** Finishes an upload whose bytes are all here but whose end was cut off by a crash. The caller holds the lock. */
  async finishIfWhole(id: string): Promise<UploadRecord> {
    const record = await this.#need(id);
    if (record.state !== 'open') return record;
    const size = await fileSize(this.#path(id));
    if (size === record.size) {
      const running = await this.#runningAt(id, size);
      await this.#finish(record, running).catch((error: unknown) => {
        if (!(error instanceof DomainError && error.code === 'HASH_MISMATCH')) throw error;
      });
    } else if (size === null && (await this.blobs.size(record.hash)) === record.size) await this.uploads.end(id, 'stored');
    return this.#need(id);
  }

  /** Forgets an upload that is not stored. The caller holds the lock. */
  override async remove(id: string): Promise<void> {
    this.#hashes.delete(id);
    await rm(this.#path(id), { force: true });
    await this.uploads.remove(id);
  }

  /** Removes files that no record names and that did not grow since `limitMs`; answers how many. */
  async removeOrphans(limitMs: number): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    let removed = 0;
    for (const name of names) {
      const { mtimeMs } = await stat(this.#path(name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (mtimeMs >= limitMs || (zUuid.safeParse(name).success && (await this.uploads.find(name)) !== null)) continue;
      await rm(this.#path(name), { force: true });
      removed += 1;
    }
    return removed;
  }

  async #finish(record: UploadRecord, running: RunningHash): Promise<void> {
    const path = this.#path(record.id);
    this.#hashes.delete(record.id);
    if (running.digest() !== record.hash) {
      await this.uploads.end(record.id, 'refused');
      await rm(path, { force: true });
      throw mismatch(record.hash);
    }
    await syncPath(path);
    await this.blobs.adopt(record.hash, path);
    await this.uploads.end(record.id, 'stored');
  }

  /**
   * Has the disk begin with what is there while more comes: the last step, which waits for the disk, then has little left to write. Whether it
   * succeeds is the last step's to find out.
   */
  #flushBehind(id: string): void {
    if (this.#flushing.has(id)) return;
    this.#flushing.add(id);
    syncPath(this.#path(id))
      .catch(() => undefined)
      .finally(() => this.#flushing.delete(id));
  }

  async #runningAt(id: string, offset: number): Promise<RunningHash> {
    const kept = this.#hashes.get(id);
    const running = kept === undefined || kept.size > offset ? new RunningHash() : kept;
    await running.catchUp(this.#path(id), offset);
    this.#hashes.delete(id);
    this.#hashes.set(id, running);
    for (const oldest of this.#hashes.keys()) {
      if (this.#hashes.size <= RUNNING_HASHES_MAX) break;
      this.#hashes.delete(oldest);
    }
    return running;
  }

  async #need(id: string): Promise<UploadRecord> {
    const record = await this.uploads.find(id);
    if (record === null)
      throw new DomainError('NOT_FOUND', 'There is no such upload. It may have been removed because nobody went on with it.');
    return record;
  }

  #path(id: string): string {
    return join(this.folder, id);
  }
}
