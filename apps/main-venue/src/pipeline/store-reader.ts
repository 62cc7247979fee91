import { LogStore } from '@app/ledger/store';
import { Injectable } from '@nestjs/common';
import type { StoredEntry } from './pipeline.types.js';
import { EntryReader } from './pipeline.types.js';

/** Entries as the database holds them. */
@Injectable()
export class StoreReader extends EntryReader {
  constructor(private readonly store: LogStore) {
    super();
  }

  read(origin: string, from: number, limit: number): Promise<StoredEntry[]> {
    return this.store.read(origin, from, limit);
  }

  size(origin: string): Promise<number> {
    return this.store.size(origin);
  }

  leaves(origin: string, from: number, to: number): Promise<Uint8Array[]> {
    return this.store.leaves(origin, from, to);
  }
}
