import type { EntryHeader } from '@app/contracts';
import { canonicalText, fromBase64Url, concatBytes, utf8 } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import type { NoteSigner, WitnessedHead } from '@app/ledger';
import {
  cosign,
  formatCosignatures,
  formatNote,
  formatSize,
  formatVerifierKey,
  Frontier,
  headerText,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  parseCheckpointNote,
  SIGNATURE_TYPE,
  SIZE_CONTENT_TYPE,
  TreeHasher,
  withSignatures,
} from '@app/ledger';
import { GroupCommit, LogStore } from '@app/ledger/store';
import type { FakeClock } from '@app/platform';
import { Clock, createLogger, createPool, DomainError } from '@app/platform';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf, StorageCipher } from '@app/sealing/node';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { runOf } from '@app/testing/play';
import type { DynamicModule, ValueProvider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { Test } from '@nestjs/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

export const profile = profileOf('gp-std-1');
export const suite = noteSuite(profile);
export const hasher = new TreeHasher(profile.hash);
const INSTALLATION = 'gongping.demo';
export const LOT = `${INSTALLATION}/lot/lot-1/1`;
const logKey = profile.generateSigner('node');
const nodeKey = profile.generateSigner('node');
const cipher = new StorageCipher(new Uint8Array(32).fill(9));
const logVerifier = (origin: string) => noteSigner(logKey, origin, SIGNATURE_TYPE.note);

/** One entry of a made-up history: header, leaf and parts follow from `tag` and `seq` alone. */
export function entryOf(tag: string, seq: number) {
  const salt =
    `${tag}${String(seq)}`
      .padEnd(43, 'A')
      .slice(0, 43)
      .replace(/[^A-Za-z0-9]/g, 'A')
      .slice(0, 42) + 'A';
  const texts: Record<string, string> = {
    skeleton: canonicalText({ events: [{ type: 'lot.noted', tag, seq }] }),
    'x:secret': canonicalText({ secret: `${tag} ${String(seq)}` }),
  };
  const parts = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, profile.commitment(salt, text)]));
  const header: EntryHeader = { v: 1, seq, at: new Date(1_774_000_000_000 + seq * 1000).toISOString(), type: 'lot.note', parts };
  const text = headerText(header);
  const plain = Object.entries(texts).map(([name, body]) => ({ name, plaintext: concatBytes(fromBase64Url(salt), utf8(body)) }));
  return { header, text, leaf: hasher.leaf(utf8(text)), parts: plain };
}

/** A witness by the rules of the specification, in memory. */
export class FakeWitness {
  readonly signer: NoteSigner;
  readonly heads = new Map<string, WitnessedHead & { note: string }>();
  /** Null: as a witness should; else what it answers to everything. */
  fault: { status: number; body: string } | null = null;
  /** What it answers to heads of a log instead. */
  readonly faults = new Map<string, { status: number; body: string; retryAfter?: string }>();
  /** Answers wait for this. */
  gate: Promise<unknown> = Promise.resolve();
  requests = 0;
  url = '';
  #server: Server | null = null;

  constructor(
    readonly id: string,
    private readonly clock: FakeClock,
  ) {
    this.signer = noteSigner(profile.generateSigner('node'), `${INSTALLATION}/witness/${id}`, SIGNATURE_TYPE.cosignature);
  }

  get venue() {
    return { id: this.id, role: 'sub', url: this.url, witnessKey: formatVerifierKey(profile.hash, this.signer) };
  }

  async listen(port = 0): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body, type, retryAfter }) => {
        if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
        response.writeHead(status, { 'Content-Type': type ?? 'text/plain' }).end(body);
      });
    }).listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null));
    this.#server = null;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: string; type?: string; retryAfter?: string }> {
    this.requests += 1;
    await this.gate;
    if (this.fault !== null) return this.fault;
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/witness/logs') {
      const after = url.searchParams.get('after') ?? '';
      const logs = [...this.heads].map(([origin, { size }]) => ({ origin, size })).filter(({ origin }) => origin > after);
      return { status: 200, body: JSON.stringify({ logs }), type: 'application/json' };
    }
    if (url.pathname === '/witness/checkpoint') {
      const head = this.heads.get(url.searchParams.get('origin') ?? '');
      return head === undefined ? { status: 404, body: '' } : { status: 200, body: head.note };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    return this.faults.get(parseCheckpointNote(parseAddCheckpoint(body).note).checkpoint.origin) ?? this.#cosign(body);
  }

  #cosign(body: string): { status: number; body: string; type?: string } {
    const judged = judgeAddCheckpoint(
      suite,
      hasher,
      parseAddCheckpoint(body),
      (origin) => [logVerifier(origin)],
      (origin) => this.heads.get(origin) ?? null,
    );
    if (judged.status === 409) return { status: 409, body: formatSize(judged.size), type: SIZE_CONTENT_TYPE };
    if (judged.status !== 200) return { status: judged.status, body: judged.reason };
    const { origin, size, root } = judged.note.checkpoint;
    const signature = cosign(suite, judged.note.text, this.signer, Math.floor(this.clock.nowMs() / 1000));
    this.heads.set(origin, { size, root, note: formatNote(withSignatures(judged.note, [signature])) });
    return { status: 200, body: formatCosignatures([signature]) };
  }
}

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

/** A mirror that holds `size` entries of a history: every second part in the clear, the others as ciphertext. */
export function mirrorOf(name: string, size: number, tag = 'a', change: (body: Uint8Array) => Uint8Array = (body) => body): Mirror {
  return {
    name,
    fetch: (_origin, from, to) =>
      Promise.resolve(
        Array.from({ length: Math.max(0, Math.min(size, to, from + 7) - from) }, (_none, index) => {
          const { text, parts } = entryOf(tag, from + index);
          return {
            header: utf8(text),
            parts: parts.map(({ name: part, plaintext }, at) => ({
              name: part,
              isOpen: at % 2 === 0,
              body: at % 2 === 0 ? change(plaintext) : (cipher.seal([plaintext])[0] ?? plaintext),
            })),
          };
        }),
      ),
  };
}

export const checkpointOf = (note: string) => parseCheckpointNote(note).checkpoint;
