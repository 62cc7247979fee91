import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { join } from 'node:path';
import { BlobStore } from '../blobs/blob-store.js';
import { BlobsController } from '../blobs/blobs.controller.js';
import { CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { ActRecords, BlobReader } from '../reactor/ports.js';
import { BidActs } from './act-desk.js';
import { ActKeeper } from './act-keeper.js';
import { PlatformBeat } from './platform-beat.js';
import { ReceiptsController } from './receipts.controller.js';

/** Acts before the deadline and their ciphertexts. The pipeline is asked for late: it needs this module itself. */
@Global()
@Module({
  controllers: [ReceiptsController, BlobsController],
  providers: [
    {
      provide: BlobStore,
      useFactory: (config: Config, profile: CryptoProfile) => new BlobStore(join(config.DATA_DIR, 'blobs'), profile),
      inject: [CONFIG, PROFILE],
    },
    { provide: BlobReader, useExisting: BlobStore },
    {
      provide: PlatformBeat,
      useFactory: (config: Config, pool: Pool, profile: CryptoProfile, keys: NodeKeys, clock: Clock, logger: Logger, modules: ModuleRef) =>
        new PlatformBeat({
          pool,
          profile,
          node: keys.node,
          clock,
          logger,
          platformOrigin: `${config.INSTALLATION}/platform`,
          beatMs: config.PLATFORM_BATCH_MS,
          pipeline: () => modules.get(Pipeline, { strict: false }),
        }),
      inject: [CONFIG, POOL, PROFILE, NODE_KEYS, Clock, LOGGER, ModuleRef],
    },
    {
      provide: BidActs,
      useFactory: (config: Config, pool: Pool, keeper: ActKeeper, blobs: BlobStore, clock: Clock, beat: PlatformBeat) =>
        new BidActs({ pool, keeper, blobs, clock, platformOrigin: `${config.INSTALLATION}/platform`, flush: () => beat.flush() }),
      inject: [CONFIG, POOL, ActKeeper, BlobStore, Clock, PlatformBeat],
    },
    { provide: ActRecords, useExisting: BidActs },
  ],
  exports: [BlobStore, BlobReader, BidActs, ActRecords, PlatformBeat],
})
export class PlatformLogModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(PlatformBeat) private readonly beat: PlatformBeat) {}

  onApplicationBootstrap(): void {
    this.beat.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.beat.close();
  }
}
