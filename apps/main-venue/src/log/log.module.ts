import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { CryptoProfile } from '@app/sealing';
import { noteSuite } from '@app/sealing';
import { QuorumSource } from '../core/ports.js';
import { PROFILE } from '../core/tokens.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { CheckpointLog } from './checkpoint-log.js';
import { CheckpointRepository } from './checkpoint.repository.js';
import { CosignatureRounds } from './cosignature-rounds.js';
import { Cosigner } from './cosigner.js';
import { HealWriter } from './heal/heal-writer.js';
import { Mirrors } from './heal/heal.types.js';
import { Healer } from './heal/healer.js';
import { SiteMirrors } from './heal/site-mirrors.js';
import { LogKeys } from './log-keys.js';
import { LogSight } from './log-sight.js';
import { LogController } from './log.controller.js';
import { LOG_DEFAULTS, LOG_LIMITS, NOTE_SUITE, WitnessPolicies } from './log.types.js';
import { LogTrees } from './log-trees.js';
import { ReadOnlyLogs } from './read-only-logs.js';
import { RegistryPolicies } from './registry-policies.js';
import { Tiles } from './tiles.js';

/** Checkpoints, witnesses, tiles, healing. Before the process listens, the database is compared with what was witnessed. */
@Module({
  imports: [PipelineModule, RegistryModule],
  controllers: [LogController],
  providers: [
    CheckpointLog,
    CheckpointRepository,
    CosignatureRounds,
    Cosigner,
    Healer,
    HealWriter,
    LogKeys,
    LogSight,
    LogTrees,
    ReadOnlyLogs,
    Tiles,
    { provide: LOG_LIMITS, useValue: LOG_DEFAULTS },
    { provide: NOTE_SUITE, useFactory: (profile: CryptoProfile) => noteSuite(profile), inject: [PROFILE] },
    { provide: Mirrors, useClass: SiteMirrors },
    { provide: WitnessPolicies, useClass: RegistryPolicies },
    { provide: QuorumSource, useExisting: CheckpointLog },
  ],
  exports: [CheckpointLog, CheckpointRepository, LogTrees, QuorumSource, WitnessPolicies],
})
export class LogModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    private readonly checkpoints: CheckpointLog,
    private readonly healer: Healer,
    private readonly tiles: Tiles,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.healer.compareAll();
    await this.checkpoints.start();
  }

  /** While the database is still there. What was not signed by now is signed at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.checkpoints.close();
    await this.healer.close();
    await this.tiles.settled();
  }
}
