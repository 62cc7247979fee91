import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import type { PartCipher } from '@app/ledger/store';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { HeadSource } from '../core/ports.js';
import { ASSEMBLED, CONFIG, LOGGER, NODE_KEYS, PART_CIPHER, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import type { Assembled } from '../pipeline/assemble.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { RegistryView } from '../registry/registry-view.js';
import { QuorumSource } from '../reactor/ports.js';
import { assembleLog, type AssembledLog } from './assemble-log.js';
import { CheckpointLog } from './checkpoint-log.js';
import { LogController } from './log.controller.js';
import { LogGuard, WitnessPolicies } from './log.types.js';
import { LogTrees } from './log-trees.js';
import { Tiles } from './tiles.js';

const ASSEMBLED_LOG = Symbol('AssembledLog');
const part = <T>(pick: (log: AssembledLog) => T) => ({ useFactory: pick, inject: [ASSEMBLED_LOG] });

/** Checkpoints, witnesses, tiles, healing. Before the process listens, the database is compared with what was witnessed. */
@Global()
@Module({
  controllers: [LogController],
  providers: [
    {
      provide: ASSEMBLED_LOG,
      useFactory: (
        config: Config,
        profile: CryptoProfile,
        keys: NodeKeys,
        pool: Pool,
        cipher: PartCipher,
        clock: Clock,
        logger: Logger,
        pipeline: Pipeline,
        reader: EntryReader,
        assembled: Assembled,
        registry: RegistryView,
      ) =>
        assembleLog({
          installation: config.INSTALLATION,
          venue: config.VENUE_ID,
          folder: `${config.DATA_DIR}/log`,
          profile,
          keys,
          pool,
          cipher,
          clock,
          logger,
          pipeline,
          reader,
          venues: () => registry.venues,
          reset: (origin) => assembled.refold(origin),
        }),
      inject: [CONFIG, PROFILE, NODE_KEYS, POOL, PART_CIPHER, Clock, LOGGER, Pipeline, EntryReader, ASSEMBLED, RegistryView],
    },
    { provide: CheckpointLog, ...part((log) => log.checkpoints) },
    { provide: Tiles, ...part((log) => log.tiles) },
    { provide: LogTrees, ...part((log) => log.trees) },
    { provide: WitnessPolicies, ...part((log) => log.policies) },
    { provide: LogGuard, ...part((log) => log.guard) },
    { provide: HeadSource, useExisting: CheckpointLog },
    { provide: QuorumSource, useExisting: CheckpointLog },
  ],
  exports: [CheckpointLog, Tiles, LogTrees, WitnessPolicies, LogGuard, HeadSource, QuorumSource],
})
export class LogModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(@Inject(ASSEMBLED_LOG) private readonly log: AssembledLog) {}

  async onModuleInit(): Promise<void> {
    await this.log.healer.compareAll();
    await this.log.checkpoints.start();
  }

  /** While the database is still there. What was not signed by now is signed at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.log.checkpoints.close();
    await this.log.healer.close();
    await this.log.tiles.settled();
  }
}
