import type { JsonObject } from '@app/contracts';
import { FINAL_STATUSES, readOrigin } from '@app/evaluation';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock, createRedis, redisUrlOf } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ActRecords, BlobReader, QuorumSource } from '../core/ports.js';
import { CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { LogModule } from '../log/log.module.js';
import { FactsBook } from '../pipeline/facts-book.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { PlatformLogModule } from '../platform-log/platform-log.module.js';
import { NodeSecrets } from './node-secrets.js';
import { PERFORMERS } from './performers/index.js';
import { ExpertPool } from './ports.js';
import { Reactor } from './reactor.js';
import { DEMO_LINE, NO_LINE, RegistryPool } from './registry-pool.js';
import { WakeUps } from './wake-ups.js';

const OPEN_LOTS = `SELECT l.origin FROM lot_summary s JOIN log l ON l.id = s.log_id WHERE s.status <> ALL ($1)`;

@Module({
  imports: [VenueBlobsModule, LogModule, PipelineModule, PlatformLogModule],
  providers: [
    {
      provide: NodeSecrets,
      useFactory: (profile: CryptoProfile, keys: NodeKeys) => new NodeSecrets(profile, keys.storage),
      inject: [PROFILE, NODE_KEYS],
    },
    {
      provide: ExpertPool,
      useFactory: (dataSource: DataSource, profile: CryptoProfile, secrets: NodeSecrets, config: Config) =>
        new RegistryPool(dataSource, profile, secrets, config.DEMO ? DEMO_LINE : NO_LINE),
      inject: [DataSource, PROFILE, NodeSecrets, CONFIG],
    },
  ],
})
export class ReactorModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #reactor: Reactor | undefined;
  #wakeUps: WakeUps | undefined;
  #stops: (() => void)[] = [];

  constructor(
    private readonly pipeline: Pipeline,
    private readonly clock: Clock,
    private readonly acts: ActRecords,
    private readonly blobs: BlobReader,
    private readonly pool: ExpertPool,
    private readonly quorum: QuorumSource,
    private readonly secrets: NodeSecrets,
    private readonly facts: FactsBook,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(POOL) private readonly database: Pool,
  ) {}

  onApplicationBootstrap(): void {
    const { pipeline, profile, clock, logger, quorum, secrets, acts, blobs, pool } = this;
    this.facts.provide('draw.fix-pool', async (state): Promise<JsonObject> => ({ pool: await pool.snapshot(state) }));
    const reactor = new Reactor({
      pipeline,
      profile,
      node: this.keys.node,
      clock,
      logger,
      quorum,
      performers: PERFORMERS,
      tools: { profile, secrets, acts, blobs, pool },
      wakeAt: (origin, at) => this.#wakeUps?.arm(origin, at, Date.parse(clock.instant())),
    });
    this.#reactor = reactor;
    const poke = (origin: string): void => {
      reactor.poke(origin);
    };
    this.#wakeUps = new WakeUps(
      ({ blocking }) => createRedis(redisUrlOf(this.config), { blocking, name: `${this.config.VENUE_ID}-wake` }),
      poke,
      () => void this.#pokeOpenLots(),
      logger,
    );
    const pokeLot = (origin: string): void => {
      if (readOrigin(origin) !== null) poke(origin);
    };
    this.#stops = [this.pipeline.onAppended(pokeLot), quorum.onWitnessed(pokeLot)];
    void this.#pokeOpenLots();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#reactor?.close();
    await this.#wakeUps?.close();
  }

  async #pokeOpenLots(): Promise<void> {
    try {
      const { rows } = await this.database.query<{ origin: string }>(OPEN_LOTS, [FINAL_STATUSES]);
      for (const { origin } of rows) this.#reactor?.poke(origin);
    } catch (error) {
      this.logger.warn({ err: error }, 'open lots can not be listed; they are looked after at their next change');
    }
  }
}
