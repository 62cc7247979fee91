import { Global, Module } from '@nestjs/common';
import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Pool } from 'pg';
import { ArchiveSource } from '../core/ports.js';
import { CONFIG, POOL, PROFILE } from '../core/tokens.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { CheckpointRepository } from '../log/checkpoint.repository.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { BlobReader } from '../reactor/ports.js';
import { LotArchivist } from './lot-archivist.js';

@Global()
@Module({
  providers: [
    {
      provide: ArchiveSource,
      useFactory: (
        config: Config,
        profile: CryptoProfile,
        pipeline: Pipeline,
        reader: EntryReader,
        checkpoints: CheckpointLog,
        blobs: BlobReader,
        pool: Pool,
      ) =>
        new LotArchivist({
          installation: config.INSTALLATION,
          profile,
          pipeline,
          reader,
          checkpoints,
          repository: new CheckpointRepository(pool),
          blobs,
        }),
      inject: [CONFIG, PROFILE, Pipeline, EntryReader, CheckpointLog, BlobReader, POOL],
    },
  ],
  exports: [ArchiveSource],
})
export class ArchiveModule {}
