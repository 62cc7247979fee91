import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a venue keeps what members wrote at the desk: ciphertext to each member's own key. */
export abstract class DeskStore {
  /** Null: nothing was kept. */
  abstract find(person: string, origin: string): Promise<string | null>;
  /** Returns when it is on the disk; null removes it. The last one counts. */
  abstract keep(person: string, origin: string, sealed: string | null): Promise<void>;
}

/** One file for each person and lot; whose and of which lot its name does not say. */
export class FolderDesks extends DeskStore {
  constructor(private readonly folder: string) {
    super();
  }

  async find(person: string, origin: string): Promise<string | null> {
    try {
      return await readFile(this.#path(person, origin), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async keep(person: string, origin: string, sealed: string | null): Promise<void> {
    const path = this.#path(person, origin);
    if (sealed === null) {
      await rm(path, { force: true });
      return;
    }
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const arriving = `${path}.${randomUUID()}`;
    const file = await open(arriving, 'wx', 0o600);
    try {
      await file.writeFile(sealed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(arriving, path);
  }

  #path(person: string, origin: string): string {
    return join(this.folder, createHash('sha256').update(`${person} ${origin}`).digest('hex'));
  }
}
