import { DomainError } from '@app/platform';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { validate as isUuid } from 'uuid';

/** Lists that were handed in and are not taken in yet. They hold names: a file goes when its list is done. */
export class ListFiles {
  constructor(
    private readonly folder: string,
    private readonly sizeBytesMax: number,
  ) {}

  /** Keeps what comes as the list `id`; answers its size and hash. Nothing is kept when it breaks off. Throws TOO_LARGE. */
  async keep(id: string, body: Readable): Promise<{ sizeBytes: number; sha: string }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        sizeBytes += chunk.length;
        hash.update(chunk);
        if (sizeBytes > this.sizeBytesMax)
          done(new DomainError('TOO_LARGE', `A list may have ${String(this.sizeBytesMax)} bytes (LIST_BYTES_MAX).`));
        else done(null, chunk);
      },
    });
    try {
      await pipeline(body, measure, createWriteStream(this.#path(id), { mode: 0o600 }));
    } catch (error) {
      await this.forget(id);
      throw error;
    }
    return { sizeBytes, sha: hash.digest('hex') };
  }

  open(id: string): Readable {
    return createReadStream(this.#path(id));
  }

  /** Every file and when it was last written to. Those that are deleted meanwhile are left out. */
  async all(): Promise<{ id: string; atMs: number }[]> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const ids = (await readdir(this.folder)).filter((name) => isUuid(name));
    const files = await Promise.all(ids.map(async (id) => ({ id, found: await stat(this.#path(id)).catch(() => null) })));
    return files.flatMap(({ id, found }) => (found === null ? [] : [{ id, atMs: found.mtimeMs }]));
  }

  async forget(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  #path(id: string): string {
    return join(this.folder, id);
  }
}
