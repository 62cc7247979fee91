import type { JsonObject } from '@app/contracts';
import { readOrigin } from '@app/evaluation';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { JobBook } from '@app/platform/jobs';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ActRecords, BidOpener, QuorumSource } from '../core/ports.js';
import { CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { BlobStore } from '@app/blobs';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { LogModule } from '../log/log.module.js';
import { WitnessPolicies } from '../log/log.types.js';
import { FactsBook } from '../pipeline/facts-book.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { PlatformLogModule } from '../platform-log/platform-log.module.js';
import { CalendarService } from '../registry/calendar/calendar.service.js';
import { RegistryModule } from '../registry/registry.module.js';
import { ExpertContactProcessor } from './expert-contact.processor.js';
import { LotJobs } from './lot-jobs.js';
import { LotWakeProcessor } from './lot-wake.processor.js';
import { NodeHand } from './node-hand.js';
import { NodeSecrets } from './node-secrets.js';
import { OpenLots } from './open-lots.js';
import { PERFORMERS } from './performers/index.js';
import { fileFault } from './performers/opening.js';
import { PoolLists } from './pool-lists.js';
import { ExpertPool } from './ports.js';
import { Reactor } from './reactor.js';
import { DEMO_LINE, NO_LINE, RegistryPool } from './registry-pool.js';

@Module({
  imports: [VenueBlobsModule, LogModule, PipelineModule, PlatformLogModule, RegistryModule],
  providers: [
    {
      provide: NodeSecrets,
      useFactory: (profile: CryptoProfile, keys: NodeKeys) => new NodeSecrets(profile, keys.storage),
      inject: [PROFILE, NODE_KEYS],
    },
    {
      provide: ExpertPool,
      useFactory: (dataSource: DataSource, profile: CryptoProfile, secrets: NodeSecrets, config: Config, blobs: BlobStore) =>
        new RegistryPool(dataSource, profile, secrets, config.DEMO ? DEMO_LINE : NO_LINE, blobs),
      inject: [DataSource, PROFILE, NodeSecrets, CONFIG, BlobStore],
    },
    {
      provide: PoolLists,
      useFactory: (blobs: BlobStore, profile: CryptoProfile) => new PoolLists(blobs, profile),
      inject: [BlobStore, PROFILE],
    },
    {
      provide: Reactor,
      useFactory: (
        pipeline: Pipeline,
        hand: NodeHand,
        clock: Clock,
        quorum: QuorumSource,
        secrets: NodeSecrets,
        acts: ActRecords,
        bids: BidOpener,
        profile: CryptoProfile,
        logger: Logger,
        book: JobBook,
        database: Pool,
        jobs: LotJobs,
      ) =>
        new Reactor({
          pipeline,
          hand,
          clock,
          logger,
          quorum,
          performers: PERFORMERS,
          tools: { profile, secrets, acts, bids },
          wakeAt: (origin, at) => book.wantRow(database, jobs.wake(origin, at)),
        }),
      inject: [Pipeline, NodeHand, Clock, QuorumSource, NodeSecrets, ActRecords, BidOpener, PROFILE, LOGGER, JobBook, POOL, LotJobs],
    },
    NodeHand,
    LotJobs,
    OpenLots,
    LotWakeProcessor,
    ExpertContactProcessor,
  ],
})
export class ReactorModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #stops: (() => void)[] = [];

  constructor(
    private readonly reactor: Reactor,
    private readonly openLots: OpenLots,
    private readonly pipeline: Pipeline,
    private readonly quorum: QuorumSource,
    private readonly pool: ExpertPool,
    private readonly facts: FactsBook,
    private readonly policies: WitnessPolicies,
    private readonly calendar: CalendarService,
    private readonly bids: BidOpener,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {}

  onApplicationBootstrap(): void {
    this.facts.provide('lot.publish', async ({ origin }): Promise<JsonObject> => {
      const years = await this.calendar.toPublish();
      return { witnessPolicy: this.policies.standingText(origin), ...(years.length > 0 && { calendar: [...years] }) };
    });
    this.facts.provide('draw.freeze-pool', async (state): Promise<JsonObject> => ({ pool: await this.pool.snapshot(state) }));
    // The same of a lot under engine 0.1.0.
    this.facts.provide('draw.fix-pool', async (state): Promise<JsonObject> => ({ pool: { ...(await this.pool.listed(state)) } }));
    this.facts.provide('opening.fail-bid', async (state, { signed, signer }): Promise<JsonObject> => {
      const { bid } = signed.command.public;
      if (signer.assurance !== 'node' || typeof bid !== 'string') return {};
      return { fault: await fileFault(state, bid, { profile: this.profile, bids: this.bids }) };
    });
    const pokeLot = (origin: string): void => {
      if (readOrigin(origin) !== null) this.reactor.poke(origin);
    };
    this.#stops = [this.pipeline.onAppended(pokeLot), this.quorum.onWitnessed(pokeLot)];
    void this.openLots.takeUp();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.reactor.close();
  }
}
