import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import { nextLimit } from '@app/evaluation';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { SharedVerifier } from '@app/sealing/node';
import type { Pool } from 'pg';
import { ASSEMBLED, CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { BidActs } from '../platform-log/act-desk.js';
import { Registry } from '../registry/registry.types.js';
import type { Assembled } from './assemble.js';
import { assemblePipeline } from './assemble.js';
import { FactsBook } from './facts-book.js';
import { EntryReader, Pipeline } from './pipeline.types.js';

type Deps = [Config, CryptoProfile, NodeKeys, Pool, Registry, Clock, Logger, BidActs, FactsBook, SharedVerifier];

const assemble = (...[config, profile, keys, pool, registry, clock, logger, acts, facts, verifier]: Deps): Assembled =>
  assemblePipeline({
    installation: config.INSTALLATION,
    profile,
    keys,
    pool,
    registry,
    verifier,
    clock,
    logger,
    acts,
    factsFor: (admitted, state) => facts.factsFor(admitted, state),
    nextLimit,
    queueDepthMax: config.QUEUE_DEPTH_MAX,
  });

/** The pipeline for the whole process. At shutdown what was taken in is finished before the database goes. */
@Global()
@Module({
  providers: [
    FactsBook,
    { provide: SharedVerifier, useFactory: (profile: CryptoProfile) => new SharedVerifier(profile), inject: [PROFILE] },
    {
      provide: ASSEMBLED,
      useFactory: assemble,
      inject: [CONFIG, PROFILE, NODE_KEYS, POOL, Registry, Clock, LOGGER, BidActs, FactsBook, SharedVerifier],
    },
    { provide: Pipeline, useFactory: (assembled: Assembled) => assembled.pipeline, inject: [ASSEMBLED] },
    { provide: EntryReader, useFactory: (assembled: Assembled) => assembled.reader, inject: [ASSEMBLED] },
  ],
  exports: [ASSEMBLED, Pipeline, EntryReader, FactsBook],
})
export class PipelineModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    @Inject(ASSEMBLED) private readonly assembled: Assembled,
    @Inject(SharedVerifier) private readonly verifier: SharedVerifier,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.assembled.writers.open({ origin: `${this.config.INSTALLATION}/platform`, lot: null, round: null }, this.clock.instant());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.assembled.group.close();
    await this.verifier.close();
  }
}
