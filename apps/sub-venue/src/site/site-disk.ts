import type { Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CONFIG } from '../core/tokens.js';

/** Less than this is told: two hours of a room with eight seats, so that somebody makes room before footage is left out. */
const DISK_FREE_BYTES_LOW = 20_000_000_000;

/** The disk that this site records on. `freeBytes` null: it cannot be asked. */
interface DiskState {
  readonly freeBytes: number | null;
  readonly isLow: boolean;
}

@Injectable()
export class SiteDisk {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'DATA_DIR'>) {}

  /** Never throws: a disk that does not answer is as good as full. */
  async state(): Promise<DiskState> {
    try {
      const { bavail, bsize } = await statfs(this.#folder());
      const freeBytes = bavail * bsize;
      return { freeBytes, isLow: freeBytes < DISK_FREE_BYTES_LOW };
    } catch {
      return { freeBytes: null, isLow: true };
    }
  }

  /** Where the data will lie, before the first of it does. */
  #folder(): string {
    let folder = resolve(this.config.DATA_DIR);
    while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
    return folder;
  }
}
