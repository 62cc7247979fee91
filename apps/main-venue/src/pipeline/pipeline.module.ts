import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TreeHasher } from '@app/ledger';
import type { PartCipher } from '@app/ledger/store';
import { LogStore } from '@app/ledger/store';
import type { CryptoProfile } from '@app/sealing';
import { SharedVerifier } from '@app/sealing/node';
import type { Pool } from 'pg';
import { PART_CIPHER, POOL, PROFILE } from '../core/tokens.js';
import { RegistryModule } from '../registry/registry.module.js';
import { ActDesks } from './act-desk.js';
import { AnswerSigner } from './answer-signer.js';
import { Appended } from './appended.js';
import { Arrivals } from './arrivals.js';
import { BatchBuilder } from './batch-builder.js';
import { CommandDoor } from './command-door.js';
import { CommandPipeline } from './command-pipeline.js';
import { EntryBuilder } from './entry-builder.js';
import { FactsBook } from './facts-book.js';
import { GroupWriter } from './group-writer.js';
import { KnownCommands } from './known-commands.js';
import { LogCommit } from './log-commit.js';
import { LogGates } from './log-gate.js';
import { LogRefolder } from './log-refolder.js';
import { LogWriters } from './log-writers.js';
import { LotKind } from './lot-kind.js';
import { LotProjection } from './lot-projection.js';
import { PartyMarks } from './party-marks.js';
import { EntryReader, Pipeline } from './pipeline.types.js';
import { Projections } from './projections.js';
import { RegisteredParties } from './registered-parties.js';
import { SignerBook } from './signer-book.js';
import { StoreReader } from './store-reader.js';
import { StreamKinds } from './stream-kind.js';
import { UnlistedLots } from './unlisted-lots.js';

/** Classes of libs, which know no framework. */
const FROM_LIBS = [
  { provide: SharedVerifier, useFactory: (profile: CryptoProfile) => new SharedVerifier(profile), inject: [PROFILE] },
  { provide: TreeHasher, useFactory: (profile: CryptoProfile) => new TreeHasher(profile.hash), inject: [PROFILE] },
  {
    provide: LogStore,
    useFactory: (pool: Pool, cipher: PartCipher, profile: CryptoProfile) => new LogStore(pool, cipher, profile.hashHex),
    inject: [POOL, PART_CIPHER, PROFILE],
  },
];

/** The one way in. It knows lots; what other logs, tables, gates and desks there are is contributed by the parts of the house. */
@Module({
  imports: [RegistryModule],
  providers: [
    ...FROM_LIBS,
    ActDesks,
    AnswerSigner,
    Appended,
    Arrivals,
    BatchBuilder,
    CommandDoor,
    EntryBuilder,
    FactsBook,
    GroupWriter,
    KnownCommands,
    LogCommit,
    LogGates,
    LogRefolder,
    LogWriters,
    LotKind,
    LotProjection,
    PartyMarks,
    Projections,
    RegisteredParties,
    SignerBook,
    StreamKinds,
    UnlistedLots,
    { provide: Pipeline, useClass: CommandPipeline },
    { provide: EntryReader, useClass: StoreReader },
  ],
  exports: [AnswerSigner, Arrivals, EntryReader, FactsBook, LogRefolder, LogStore, LogWriters, PartyMarks, Pipeline],
})
export class PipelineModule implements BeforeApplicationShutdown {
  constructor(private readonly verifier: SharedVerifier) {}

  /** After the hooks of the providers: what was taken in is written, nothing is verified any more. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.verifier.close();
  }
}
