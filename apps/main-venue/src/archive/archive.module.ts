import { BlobStore } from '@app/blobs';
import { Module } from '@nestjs/common';
import { Clock, type Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { ArchiveSource } from '../core/ports.js';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { CheckpointRepository } from '../log/checkpoint.repository.js';
import { LogModule } from '../log/log.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { KeptArchives } from './kept-archives.js';
import { LotArchivist } from './lot-archivist.js';

@Module({
  imports: [VenueBlobsModule, LogModule, PipelineModule],
  providers: [
    {
      provide: ArchiveSource,
      useFactory: (
        config: Config,
        profile: CryptoProfile,
        pipeline: Pipeline,
        reader: EntryReader,
        checkpoints: CheckpointLog,
        blobs: BlobStore,
        repository: CheckpointRepository,
        clock: Clock,
      ) =>
        new LotArchivist({
          installation: config.INSTALLATION,
          profile,
          pipeline,
          reader,
          checkpoints,
          repository,
          blobs,
          kept: new KeptArchives(clock, config.ARCHIVES_HELD_MAX),
        }),
      inject: [CONFIG, PROFILE, Pipeline, EntryReader, CheckpointLog, BlobStore, CheckpointRepository, Clock],
    },
  ],
  exports: [ArchiveSource],
})
export class ArchiveModule {}
