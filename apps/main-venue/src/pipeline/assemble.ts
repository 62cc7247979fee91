import { StorageCipher } from '@app/sealing/node';
import type { LotState } from '@app/evaluation';
import { ENGINE, initialLotState } from '@app/evaluation';
import { TreeHasher } from '@app/ledger';
import { GroupCommit, LogStore } from '@app/ledger/store';
import type { Clock, Logger } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import type { NodeKeys } from '../keys/node-keys.js';
import { PLATFORM_EXTENSION } from '../platform-log/platform-projection.js';
import { PlatformStream } from '../platform-log/platform-stream.js';
import type { Registry } from '../registry/registry.types.js';
import { AnswerSigner } from './answer-signer.js';
import { BatchBuilder } from './batch-builder.js';
import { CommandDoor } from './command-door.js';
import type { ActDesk, FactsFor } from './command-pipeline.js';
import { CommandPipeline, nameOf } from './command-pipeline.js';
import { EntryBuilder } from './entry-builder.js';
import { GroupWriter } from './group-writer.js';
import { KnownCommands } from './known-commands.js';
import type { LogName } from './log-writers.js';
import { LogWriters } from './log-writers.js';
import { LotStream } from './lot-stream.js';
import type { StoredEntry } from './pipeline.types.js';
import { EntryReader } from './pipeline.types.js';
import type { Limit, ProjectionRows } from './projections.js';
import { LOT_EXTENSIONS, Projections } from './projections.js';
import type { SignatureVerifier } from './signature-verifier.js';
import { SignerBook } from './signer-book.js';

/** Lots in memory at the same time; the least used is folded again when it is asked for. */
export const LOGS_IN_MEMORY_MAX = 2_000;

export interface PipelineParts {
  readonly installation: string;
  readonly profile: CryptoProfile;
  readonly keys: NodeKeys;
  readonly pool: Pool;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly acts: ActDesk;
  readonly factsFor: FactsFor;
  readonly nextLimit: (state: LotState) => Limit | null;
  readonly queueDepthMax: number;
}

export interface Assembled {
  readonly pipeline: CommandPipeline;
  readonly reader: EntryReader;
  readonly store: LogStore;
  readonly writers: LogWriters;
  readonly group: GroupWriter;
  readonly answers: AnswerSigner;
  /** Folds a log whose entries were put back from a mirror, and writes again what screens list from. */
  readonly refold: (origin: string) => Promise<void>;
}

class StoreReader extends EntryReader {
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

/** Puts the pipeline together; the pool, the verifier and the registry stay the caller's. */
export function assemblePipeline(parts: PipelineParts): Assembled {
  const { installation, profile, keys, pool, clock, logger } = parts;
  const hasher = new TreeHasher(profile.hash);
  const cipher = new StorageCipher(keys.storage);
  const store = new LogStore(pool, cipher, profile.hashHex);
  const platformOrigin = `${installation}/platform`;
  const initial = ({ origin, lot, round }: LogName): LotStream | PlatformStream =>
    origin === platformOrigin || lot === null || round === null
      ? new PlatformStream(keys.node.publicKey)
      : new LotStream(initialLotState(origin, lot, round));
  const writers = new LogWriters(store, hasher, initial, LOGS_IN_MEMORY_MAX);
  const known = new KnownCommands(store, clock.nowMs());
  const commit = new GroupCommit(cipher, [...LOT_EXTENSIONS, PLATFORM_EXTENSION]);
  const projections = new Projections(parts.nextLimit);
  const group = new GroupWriter({
    pool,
    commit,
    builder: new BatchBuilder(clock, ENGINE, new EntryBuilder(profile, hasher), projections),
    writers,
    known,
    clock,
    logger,
    onCommitted: (batch) => {
      pipeline.committed(batch);
    },
    onFound: (origin, entries) => {
      pipeline.found(origin, entries);
    },
  });
  const answers = new AnswerSigner(keys.answer, hasher);
  const door = new CommandDoor(profile, installation, new SignerBook(profile, parts.registry, installation), parts.verifier);
  const pipeline: CommandPipeline = new CommandPipeline({
    door,
    known,
    writers,
    group,
    answers,
    clock,
    acts: parts.acts,
    factsFor: parts.factsFor,
    queueDepthMax: parts.queueDepthMax,
  });
  const refold = async (origin: string): Promise<void> => {
    const writer = writers.peek(origin) ?? (await writers.load(nameOf(origin)));
    if (writer === null) return;
    // Also when it was loaded just now: that may have begun before the entries were back.
    await writers.reload(writer);
    const rows: ProjectionRows = { summaries: [], parties: [], places: [] };
    projections.project(writer, initial(writer), writer.head.stream, [], rows);
    if (rows.summaries.length + rows.parties.length === 0) return;
    await commit.write(pool, { logs: [], extensions: { summary: rows.summaries, party: rows.parties } });
  };
  return { pipeline, reader: new StoreReader(store), store, writers, group, answers, refold };
}
