import { StorageCipher } from '@app/sealing/node';
import { Frontier, TreeHasher } from '@app/ledger';
import type { EntryToAppend, LogHead } from '@app/ledger/store';
import { GroupCommit, LogStore } from '@app/ledger/store';
import { createPool, SystemClock } from '@app/platform';
import { createDatabase } from '@app/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import { profile, storageKey } from '../../../apps/main-venue/test/support/people.js';
import { interleaved, medianPair, printFigure } from './figure.js';

const PEER = 'hypercore';
const RECORD_SIZE = 287;
const CALLERS = 100;
const SINGLES = 4_000;
const BATCHES = 60;
const BATCH = 256;

interface Core {
  ready(): Promise<void>;
  append(block: Uint8Array | readonly Uint8Array[]): Promise<unknown>;
  close(): Promise<void>;
}
interface PeerModule {
  readonly default: new (folder: string) => Core;
}

const records = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_none, index) => new Uint8Array(RECORD_SIZE).fill(32 + (index % 90)));

/** Appends records to one log: the store and the tree, without commands. Callers that wait while a commit runs share the next. */
class StoreAppender {
  readonly #hasher = new TreeHasher(profile.hash);
  readonly #frontier = new Frontier(this.#hasher);
  readonly #clock = new SystemClock();
  #waiting: { record: Uint8Array; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #isWriting = false;

  constructor(
    private readonly pool: Pool,
    private readonly commit: GroupCommit,
    private readonly head: LogHead,
  ) {}

  append(record: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      if (!this.#isWriting) void this.#run();
    });
  }

  async appendAll(batch: readonly Uint8Array[]): Promise<void> {
    const size = this.#frontier.size;
    const at = this.#clock.instant();
    const entries: EntryToAppend[] = batch.map((record, index) => {
      const leaf = this.#hasher.leaf(record);
      this.#frontier.append(leaf);
      const header = Buffer.from(record.buffer, record.byteOffset, record.byteLength).toString('latin1');
      return { seq: size + index, header, leaf, commandId: null, request: null, parts: [] };
    });
    const log = { logId: this.head.logId, origin: this.head.origin, size, frontier: this.#frontier.toBytes(), at, entries };
    await this.commit.write(this.pool, { logs: [log] });
  }

  async #run(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.appendAll(group.map((item) => item.record));
        for (const item of group) item.resolve();
      } catch (error) {
        for (const item of group) item.reject(error);
      }
    }
    this.#isWriting = false;
  }
}

/** hypercore keeps a Merkle log too; it is the nearest peer on npm. It does no fsync at all, ours does one per commit. */
export async function compareWithHypercore(repetitions: number): Promise<void> {
  const { default: Hypercore } = (await import(PEER)) as PeerModule;
  const folder = mkdtempSync(join(tmpdir(), 'gongping-hypercore-'));
  const database = await createDatabase(MAIN_MIGRATIONS);
  const pool = createPool({ url: database.url, name: 'bench-store', connectionsMax: 2 });
  const cipher = new StorageCipher(storageKey());
  const store = new LogStore(pool, cipher, profile.hashHex);
  const commit = new GroupCommit(cipher);
  let logs = 0;
  const newAppender = async (): Promise<StoreAppender> => {
    const empty = new Frontier(new TreeHasher(profile.hash)).toBytes();
    const head = await store.open(`bench/log/${String((logs += 1))}`, null, null, empty, new SystemClock().instant());
    return new StoreAppender(pool, commit, head);
  };
  const newCore = async (): Promise<Core> => {
    const core = new Hypercore(join(folder, String((logs += 1))));
    await core.ready();
    return core;
  };
  const single = await interleaved(
    repetitions,
    async () => {
      const sut = await newAppender();
      return perSecond(
        SINGLES,
        callers((record) => sut.append(record), SINGLES),
      );
    },
    async () => {
      const core = await newCore();
      const rate = await perSecond(
        SINGLES,
        callers((record) => core.append(record), SINGLES),
      );
      await core.close();
      return rate;
    },
  );
  const batches = await interleaved(
    repetitions,
    async () => {
      const sut = await newAppender();
      return perSecond(
        BATCHES * BATCH,
        inTurn((batch) => sut.appendAll(batch)),
      );
    },
    async () => {
      const core = await newCore();
      const rate = await perSecond(
        BATCHES * BATCH,
        inTurn((batch) => core.append(batch)),
      );
      await core.close();
      return rate;
    },
  );
  const otherIs = 'npm hypercore 10.38.2, which does no fsync; ours is durable';
  const one = medianPair(single);
  const many = medianPair(batches);
  const common = { bench: 'ledger', unit: '1/s', otherIs, better: 'higher' } as const;
  printFigure({ ...common, figure: 'store alone, 100 callers', ...one, goal: 'ratio >= 3', met: one.ours / one.other >= 3 });
  printFigure({ ...common, figure: 'store alone, batches of 256', ...many, goal: 'ratio >= 0.7', met: many.ours / many.other >= 0.7 });
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}

const callers = (append: (record: Uint8Array) => Promise<unknown>, count: number) => async (): Promise<void> => {
  const all = records(count);
  await Promise.all(
    Array.from({ length: CALLERS }, async (_none, caller) => {
      for (let at = caller; at < all.length; at += CALLERS) await append(all[at] ?? new Uint8Array(0));
    }),
  );
};

const inTurn = (append: (batch: readonly Uint8Array[]) => Promise<unknown>) => async (): Promise<void> => {
  const batch = records(BATCH);
  for (let turn = 0; turn < BATCHES; turn += 1) await append(batch);
};

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (count / (performance.now() - begin)) * 1_000;
}
