import type { SentEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { createLogger } from '@app/platform';
import { expect, it } from '@jest/globals';
import type { StoredEntry } from '../pipeline/pipeline.types.js';
import { EntryReader } from '../pipeline/pipeline.types.js';
import type { LotViewers } from './lot-viewers.js';
import type { Watcher } from './watchers.js';
import { Watchers } from './watchers.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const entry = (seq: number): StoredEntry => ({
  header: { v: 1, seq, at: '2026-03-24T01:30:00.000Z', type: 'no.rule', parts: {} },
  leaf: '',
  parts: {},
});

class OneLog extends EntryReader {
  readonly entries: StoredEntry[] = [];
  isAway = false;

  read(_origin: string, from: number): Promise<StoredEntry[]> {
    return this.isAway ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(this.entries.slice(from));
  }
  size(): Promise<number> {
    return Promise.resolve(this.entries.length);
  }
  leaves(): Promise<Uint8Array[]> {
    return Promise.resolve([]);
  }
}

/** A lot that everybody may see. */
const viewers: Pick<LotViewers, 'open' | 'state'> = {
  open: () => Promise.resolve({ state: open(), parties: [] }),
  state: () => Promise.resolve(open()),
};
function open(): LotState {
  const state = initialLotState(ORIGIN, 'lot-1', 1);
  return { ...state, setup: { ...state.setup, isPublic: true } };
}

it('brings a follower up to date by itself when the database was away as the last entry came', async () => {
  const log = new OneLog();
  const sut = new Watchers(viewers, log, createLogger({ name: 'test', level: 'silent' }));
  const seen: number[] = [];
  const watcher: Watcher = {
    session: null,
    sendEntries: (_origin, entries: SentEntry[]) => seen.push(...entries.map(({ header }) => header.seq)),
    sendRefold: () => undefined,
    sendStanding: () => undefined,
  };
  log.entries.push(entry(0), entry(1));
  log.isAway = true;
  await sut.watch(watcher, ORIGIN, 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toEqual([]);
  log.isAway = false;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(seen).toEqual([0, 1]);
  sut.close();
});
