import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { ASSEMBLED, CONFIG, LOGGER, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Registry } from '../registry/registry.types.js';
import type { Assembled } from './assemble.js';
import { assemblePipeline } from './assemble.js';
import { EntryReader, Pipeline } from './pipeline.types.js';
import { InlineVerifier } from './signature-verifier.js';

/** The pipeline for the whole process. At shutdown what was taken in is finished before the database goes. */
@Global()
@Module({
  providers: [
    {
      provide: ASSEMBLED,
      useFactory: (config: Config, profile: CryptoProfile, keys: NodeKeys, pool: Pool, registry: Registry, clock: Clock, logger: Logger) =>
        assemblePipeline({
          installation: config.INSTALLATION,
          profile,
          keys,
          pool,
          registry,
          verifier: new InlineVerifier(profile),
          clock,
          logger,
          acts: { accept: () => null },
          factsFor: () => null,
          nextLimit: () => null,
          queueDepthMax: config.QUEUE_DEPTH_MAX,
        }),
      inject: [CONFIG, PROFILE, NODE_KEYS, POOL, Registry, Clock, LOGGER],
    },
    { provide: Pipeline, useFactory: (assembled: Assembled) => assembled.pipeline, inject: [ASSEMBLED] },
    { provide: EntryReader, useFactory: (assembled: Assembled) => assembled.reader, inject: [ASSEMBLED] },
  ],
  exports: [ASSEMBLED, Pipeline, EntryReader],
})
export class PipelineModule implements BeforeApplicationShutdown {
  constructor(@Inject(ASSEMBLED) private readonly assembled: Assembled) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.assembled.group.drained();
  }

}
