import type { KeepDesk, KeptDeskBox } from '@app/contracts';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whose desk: a person's, as a party of a lot. */
export interface DeskOwner {
  readonly person: string;
  readonly origin: string;
  readonly party: string;
}
const NOTHING: KeptDeskBox = { sealed: null, at: 0 };

/** Where a venue keeps what members wrote at the desk: ciphertext to each member's own key. */
export abstract class DeskStore {
  abstract find(owner: DeskOwner): Promise<KeptDeskBox>;
  /** Returns when it is on the disk. Where something else than `basis` lies there it stays, and is the answer; so is what was sent, otherwise. */
  abstract keep(owner: DeskOwner, desk: KeepDesk): Promise<KeptDeskBox>;
}

/** One file for each desk, its time in the first line; whose and of which lot its name does not say. */
export class FolderDesks extends DeskStore {
  /** By file: what is being done, one after the other, so that nothing comes between the look and the write. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(private readonly folder: string) {
    super();
  }

  find(owner: DeskOwner): Promise<KeptDeskBox> {
    return read(this.#path(owner));
  }

  async keep(owner: DeskOwner, desk: KeepDesk): Promise<KeptDeskBox> {
    const path = this.#path(owner);
    const turn = (this.#turns.get(path) ?? Promise.resolve()).then(() => this.#replace(path, desk));
    const settled = turn.catch(() => undefined);
    this.#turns.set(path, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(path) === settled) this.#turns.delete(path);
    }
  }

  async #replace(path: string, { sealed, at, basis }: KeepDesk): Promise<KeptDeskBox> {
    const before = await read(path);
    // Sent again, because its answer was lost, it is there already.
    if (before.at !== basis) return before;
    if (sealed === null) {
      await rm(path, { force: true });
      return NOTHING;
    }
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const arriving = `${path}.${randomUUID()}`;
    try {
      await synced(arriving, 'wx', (file) => file.writeFile(`${String(at)}\n${sealed}`));
      await rename(arriving, path);
    } catch (error) {
      await rm(arriving, { force: true });
      throw error;
    }
    await synced(this.folder, 'r');
    return { sealed, at };
  }

  #path({ person, origin, party }: DeskOwner): string {
    return join(this.folder, createHash('sha256').update(`${person} ${origin} ${party}`).digest('hex'));
  }
}

async function read(path: string): Promise<KeptDeskBox> {
  try {
    const [at = '', sealed = ''] = (await readFile(path, 'utf8')).split('\n');
    return { sealed, at: Number(at) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw error;
  }
}

async function synced(path: string, flags: 'r' | 'wx', work?: (file: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work?.(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
