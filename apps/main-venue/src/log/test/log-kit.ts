import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { Frontier } from '@app/ledger';
import { GroupCommit, LogStore } from '@app/ledger/store';
import type { FakeClock } from '@app/platform';
import { Clock, createLogger, createPool, DomainError } from '@app/platform';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { runOf } from '@app/testing/play';
import type { DynamicModule, ValueProvider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { MAIN_MIGRATIONS } from '../../../../../migrations/main/index.js';
import { CONFIG, LOGGER, NODE_KEYS, PART_CIPHER, POOL, PROFILE } from '../../core/tokens.js';
import { LogRefolder } from '../../pipeline/log-refolder.js';
import { nameOf } from '../../pipeline/log-name.js';
import { PipelineModule } from '../../pipeline/pipeline.module.js';
import type { AppendedListener } from '../../pipeline/pipeline.types.js';
import { EntryReader, Pipeline } from '../../pipeline/pipeline.types.js';
import { RegistryModule } from '../../registry/registry.module.js';
import { RegistryView } from '../../registry/live/registry-view.js';
import { CheckpointLog } from '../checkpoint-log.js';
import { CheckpointRepository } from '../checkpoint.repository.js';
import type { Mirror } from '../heal/heal.types.js';
import { Mirrors } from '../heal/heal.types.js';
import { Healer } from '../heal/healer.js';
import { LogModule } from '../log.module.js';
import { WitnessPolicies } from '../log.types.js';
import { LogTrees } from '../log-trees.js';
import { ReadOnlyLogs } from '../read-only-logs.js';
import { Tiles } from '../tiles.js';
import type { FakeWitness } from './fake-witness.js';
import { cipher, entryOf, hasher, INSTALLATION, logKey, profile } from './history.js';

const nodeKey = profile.generateSigner('node');

/** Stands for a module whose providers a test makes itself. */
@Module({})
class GivenModule {
  static with(providers: ValueProvider[], global = false): DynamicModule {
    return { module: GivenModule, global, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** What specs ask of a log module. */
interface RunningLog {
  readonly module: TestingModule;
  readonly checkpoints: CheckpointLog;
  readonly healer: Healer;
  readonly readOnly: ReadOnlyLogs;
  readonly tiles: Tiles;
  readonly trees: LogTrees;
  readonly policies: WitnessPolicies;
  readonly repository: CheckpointRepository;
}

/** One main venue's log module over a database of its own; the entries are made up, so the pipeline is the kit's. */
export class LogKit {
  readonly #listeners = new Set<AppendedListener>();
  readonly resets: string[] = [];
  states = new Map<string, LotState>();
  log!: RunningLog;

  private constructor(
    readonly database: TestDatabase,
    readonly pool: pg.Pool,
    readonly store: LogStore,
    /** Folder of the static files. */
    readonly folder: string,
    readonly clock: FakeClock,
    readonly witnesses: readonly FakeWitness[],
    private readonly mirrors: readonly Mirror[],
  ) {}

  static async start(clock: FakeClock, witnesses: readonly FakeWitness[], mirrors: readonly Mirror[] = []): Promise<LogKit> {
    const database = await createDatabase(MAIN_MIGRATIONS);
    const pool = createPool({ url: database.url, name: 'log-test' });
    const folder = join(await mkdtemp(join(tmpdir(), 'gongping-log-')), 'log');
    const kit = new LogKit(database, pool, new LogStore(pool, cipher, profile.hashHex), folder, clock, witnesses, mirrors);
    await kit.restart();
    return kit;
  }

  /** The log module as a start of the process makes it, before its first comparison. */
  async restart(): Promise<void> {
    const { witnesses } = this;
    const module = await Test.createTestingModule({ imports: [GivenModule.with(this.#core(), true), LogModule] })
      .overrideModule(PipelineModule)
      .useModule(GivenModule.with(this.#pipeline()))
      .overrideModule(RegistryModule)
      .useModule(
        GivenModule.with([
          {
            provide: RegistryView,
            useValue: {
              get venues() {
                return witnesses.map(({ venue }) => venue);
              },
            },
          },
        ]),
      )
      .overrideProvider(Mirrors)
      .useValue({ all: () => this.mirrors })
      .compile();
    this.log = {
      module,
      checkpoints: module.get(CheckpointLog, { strict: false }),
      healer: module.get(Healer, { strict: false }),
      readOnly: module.get(ReadOnlyLogs, { strict: false }),
      tiles: module.get(Tiles, { strict: false }),
      trees: module.get(LogTrees, { strict: false }),
      policies: module.get(WitnessPolicies, { strict: false }),
      repository: module.get(CheckpointRepository, { strict: false }),
    };
  }

  #core(): ValueProvider[] {
    return [
      { provide: CONFIG, useValue: { INSTALLATION, VENUE_ID: 'main', DATA_DIR: dirname(this.folder) } },
      { provide: PROFILE, useValue: profile },
      { provide: NODE_KEYS, useValue: { log: logKey, node: nodeKey } },
      { provide: POOL, useValue: this.pool },
      { provide: PART_CIPHER, useValue: cipher },
      { provide: Clock, useValue: this.clock },
      { provide: LOGGER, useValue: createLogger({ name: 'test', level: 'silent' }) },
    ];
  }

  #pipeline(): ValueProvider[] {
    const lotState = (origin: string): Promise<LotState> => {
      const state = this.states.get(origin);
      return state === undefined ? Promise.reject(new DomainError('NOT_FOUND', origin)) : Promise.resolve(state);
    };
    const pipeline: Pick<Pipeline, 'lotState' | 'lotRun' | 'onAppended'> = {
      lotState,
      lotRun: async (origin) => runOf(await lotState(origin)),
      onAppended: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
    const refolder: Pick<LogRefolder, 'refold'> = {
      refold: (origin) => {
        this.resets.push(origin);
        return Promise.resolve();
      },
    };
    return [
      { provide: Pipeline, useValue: pipeline },
      { provide: EntryReader, useValue: this.store },
      { provide: LogRefolder, useValue: refolder },
    ];
  }

  publish(origin: string, change: Partial<LotState['setup']>): void {
    const state = initialLotState(origin, 'lot-1', 1);
    this.states.set(origin, { ...state, setup: { ...state.setup, ...change } });
  }

  /** Appends entries of a history, as the pipeline does. */
  async append(origin: string, to: number, tag = 'a', forkAt = 0): Promise<void> {
    const { lot, round } = nameOf(origin);
    const at = this.clock.instant();
    const head = await this.store.open(origin, lot, round, new Frontier(hasher).toBytes(), at);
    const frontier = Frontier.fromBytes(hasher, head.frontier);
    const entries = Array.from({ length: to - head.size }, (_none, index) =>
      entryOf(head.size + index < forkAt ? 'a' : tag, head.size + index),
    );
    for (const { leaf } of entries) frontier.append(leaf);
    const rows = entries.map(({ header, text, leaf, parts }) => ({
      seq: header.seq,
      header: text,
      leaf,
      commandId: null,
      request: null,
      parts,
    }));
    const logs = [{ logId: head.logId, origin, size: head.size, frontier: frontier.toBytes(), at, entries: rows }];
    await new GroupCommit(cipher).write(this.pool, { logs });
    for (const listener of this.#listeners) listener(origin, []);
  }

  /** Who cosigned the newest checkpoint. */
  async cosigned(origin: string): Promise<string[]> {
    return [...((await this.log.checkpoints.newest(origin))?.cosignatures.keys() ?? [])];
  }

  async stop(): Promise<void> {
    await this.log.module.close();
    await this.pool.end();
    await this.database.drop();
    await rm(dirname(this.folder), { recursive: true, force: true });
  }
}
