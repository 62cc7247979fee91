import { BlobStore } from '@app/blobs';
import { Module } from '@nestjs/common';
import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { VenueBlobsModule } from '../blobs/venue-blobs.module.js';
import { ArchiveSource } from '../core/ports.js';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { CheckpointRepository } from '../log/checkpoint.repository.js';
import { LogModule } from '../log/log.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
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
      ) =>
        new LotArchivist({
          installation: config.INSTALLATION,
          profile,
          pipeline,
          reader,
          checkpoints,
          repository,
          blobs,
        }),
      inject: [CONFIG, PROFILE, Pipeline, EntryReader, CheckpointLog, BlobStore, CheckpointRepository],
    },
  ],
  exports: [ArchiveSource],
})
export class ArchiveModule {}
