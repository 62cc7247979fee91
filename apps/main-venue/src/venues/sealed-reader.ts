import type { SealedEntry } from '@app/ledger/store';
import { LogStore } from '@app/ledger/store';
import { forgetOldest } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Reads runs of sealed entries for the feeds. */
export abstract class SealedReader {
  /** Entries from `from` on, in order; at most `limit`, and no more once they have `bytesMax` bytes. Empty at the end. */
  abstract read(origin: string, from: number, limit: number, bytesMax: number): Promise<readonly SealedEntry[]>;
  abstract size(origin: string): Promise<number>;
}

/** Entries in one query; what does not fit into a page waits for the next one. */
const RUN_ENTRIES = 1_024;
const AHEAD_LOGS_MAX = 16;

/** Reads ahead of the feeds. */
@Injectable()
export class DatabaseSealedReader extends SealedReader {
  /** Runs that several sites ask for at the same time are read once. */
  readonly #reading = new Map<string, Promise<readonly SealedEntry[]>>();
  /** What of the last run of a log did not fit into its page: the next page begins there. */
  readonly #ahead = new Map<string, readonly SealedEntry[]>();

  constructor(private readonly store: LogStore) {
    super();
  }

  async read(origin: string, from: number, limit: number, bytesMax: number): Promise<readonly SealedEntry[]> {
    const ahead = this.#ahead.get(origin);
    const run = ahead?.[0]?.seq === from ? ahead : await this.#run(origin, from, Math.min(limit, RUN_ENTRIES));
    const entries = upTo(run.slice(0, limit), bytesMax);
    this.#ahead.delete(origin);
    if (entries.length < run.length) this.#keepAhead(origin, run.slice(entries.length));
    return entries;
  }

  size(origin: string): Promise<number> {
    return this.store.size(origin);
  }

  #run(origin: string, from: number, limit: number): Promise<readonly SealedEntry[]> {
    const key = `${origin} ${String(from)} ${String(limit)}`;
    const running = this.#reading.get(key) ?? this.store.readSealed(origin, from, limit).finally(() => this.#reading.delete(key));
    this.#reading.set(key, running);
    return running;
  }

  #keepAhead(origin: string, rest: readonly SealedEntry[]): void {
    this.#ahead.set(origin, rest);
    forgetOldest(this.#ahead, AHEAD_LOGS_MAX);
  }
}

/** As many of the first entries as fit; one entry always goes. */
function upTo(entries: readonly SealedEntry[], bytesMax: number): readonly SealedEntry[] {
  let bytes = 0;
  const end = entries.findIndex(({ header, parts }) => {
    bytes += header.length + parts.reduce((sum, { ciphertext }) => sum + ciphertext.length + 60, 0);
    return bytes > bytesMax;
  });
  return end < 0 ? entries : entries.slice(0, Math.max(1, end));
}
