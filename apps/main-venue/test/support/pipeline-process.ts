import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { LogStore } from '@app/ledger/store';
import type { Logger } from '@app/platform';
import { Clock, ContributionsModule, Ids, SystemIds } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { StorageCipher } from '@app/sealing/node';
import type { Config } from '@app/platform';
import type { DynamicModule, Provider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Pool } from 'pg';
import { CONFIG, LOGGER, NODE_KEYS, PART_CIPHER, POOL, PROFILE } from '../../src/core/tokens.js';
import type { NodeKeys } from '../../src/keys/node-keys.js';
import { FactsBook } from '../../src/pipeline/facts-book.js';
import { LogRefolder } from '../../src/pipeline/log-refolder.js';
import { LogWriters } from '../../src/pipeline/log-writers.js';
import { PipelineModule } from '../../src/pipeline/pipeline.module.js';
import { EntryReader, Pipeline } from '../../src/pipeline/pipeline.types.js';
import { ActPlaces } from '../../src/platform-log/act-places.js';
import { LotHeads } from '../../src/platform-log/lot-heads.js';
import { PlatformKind } from '../../src/platform-log/platform-kind.js';
import type { RegistryView } from '../../src/registry/live/registry-view.js';
import { RegistryModule } from '../../src/registry/registry.module.js';
import { Registry } from '../../src/registry/live/registry.types.js';
import { WITNESS_POLICY } from './lot.js';

/** What a main-venue process is given. The pool stays the caller's. */
export interface ProcessParts {
  readonly installation: string;
  readonly profile: CryptoProfile;
  readonly keys: NodeKeys;
  readonly registry: RegistryView;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<Limits>;
  /** The engines that this build ships; those of an earlier release where they are given. */
  readonly shelf?: EngineShelf;
  /** Of other parts of the house, for instance a desk. */
  readonly providers?: readonly Provider[];
}

type Limits = Pick<
  Config,
  | 'QUEUE_DEPTH_MAX'
  | 'QUEUE_DEPTH_TOTAL_MAX'
  | 'ACTS_PER_ORGANISATION_MAX'
  | 'ACTS_PER_MINUTE_MAX'
  | 'PLATFORM_BATCH_MS'
  | 'PLATFORM_HEAD_BATCHES'
>;
const LIMITS: Limits = {
  QUEUE_DEPTH_MAX: 10_000,
  QUEUE_DEPTH_TOTAL_MAX: 10_000,
  ACTS_PER_ORGANISATION_MAX: 16,
  ACTS_PER_MINUTE_MAX: 20,
  PLATFORM_BATCH_MS: 10_000,
  PLATFORM_HEAD_BATCHES: 1_000,
};

/** The real pipeline module of one process, with the platform log and without what runs by itself. */
export interface PipelineProcess {
  readonly pipeline: Pipeline;
  readonly reader: EntryReader;
  readonly store: LogStore;
  readonly writers: LogWriters;
  readonly refolder: LogRefolder;
  readonly kind: PlatformKind;
  /** A provider of this process. */
  get<T>(token: abstract new (...given: never[]) => T): T;
  /** Finishes what was taken in. Closing twice does nothing. */
  close(): Promise<void>;
}

/** Instead of the core module, whose connections a test makes itself. */
@Module({})
class GivenModule {
  static with(parts: ProcessParts): DynamicModule {
    const { installation, profile, keys, pool, clock, logger, limits } = parts;
    const config = { INSTALLATION: installation, FOUNDING_RULES: 'next', ...LIMITS, ...limits };
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: PROFILE, useValue: profile },
      { provide: EngineShelf, useFactory: () => parts.shelf ?? openCheckedShelf() },
      { provide: NODE_KEYS, useValue: keys },
      { provide: POOL, useValue: pool },
      { provide: PART_CIPHER, useValue: new StorageCipher(keys.storage) },
      { provide: Clock, useValue: clock },
      { provide: Ids, useClass: SystemIds },
      { provide: LOGGER, useValue: logger },
    ];
    return { module: GivenModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

@Module({})
class GivenRegistryModule {
  static with(registry: RegistryView): DynamicModule {
    return { module: GivenRegistryModule, providers: [{ provide: Registry, useValue: registry }], exports: [Registry] };
  }
}

export async function startProcess(parts: ProcessParts): Promise<PipelineProcess> {
  const module = await Test.createTestingModule({
    imports: [ContributionsModule, GivenModule.with(parts), PipelineModule],
    providers: [ActPlaces, LotHeads, PlatformKind, ...(parts.providers ?? [])],
  })
    .overrideModule(RegistryModule)
    .useModule(GivenRegistryModule.with(parts.registry))
    .compile();
  await module.init();
  module.get(FactsBook, { strict: false }).provide('lot.publish', () => Promise.resolve({ witnessPolicy: WITNESS_POLICY }));
  let closing: Promise<void> | null = null;
  return {
    pipeline: module.get(Pipeline, { strict: false }),
    reader: module.get(EntryReader, { strict: false }),
    store: module.get(LogStore, { strict: false }),
    writers: module.get(LogWriters, { strict: false }),
    refolder: module.get(LogRefolder, { strict: false }),
    kind: module.get(PlatformKind),
    get: (token) => module.get(token, { strict: false }),
    close: () => (closing ??= module.close()),
  };
}
