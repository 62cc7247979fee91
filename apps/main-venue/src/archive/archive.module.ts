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
import { LotHeads } from '../platform-log/lot-heads.js';
import { PlatformEntries } from '../platform-log/platform-entries.js';
import { PlatformLogModule } from '../platform-log/platform-log.module.js';
import { RecordedFiles } from '../watch/recorded-files.js';
import { Recordings } from '../watch/recordings.js';
import { WatchModule } from '../watch/watch.module.js';
import { KeptArchives } from './kept-archives.js';
import { LotArchivist } from './lot-archivist.js';

@Module({
  imports: [VenueBlobsModule, LogModule, PipelineModule, PlatformLogModule, WatchModule],
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
        entries: PlatformEntries,
        heads: LotHeads,
        clock: Clock,
        recordings: Recordings,
        recorded: RecordedFiles,
      ) =>
        new LotArchivist({
          installation: config.INSTALLATION,
          profile,
          pipeline,
          reader,
          checkpoints,
          repository,
          entries,
          heads,
          blobs,
          recordings,
          recorded,
          kept: new KeptArchives(clock, config.ARCHIVES_HELD_MAX),
        }),
      inject: [
        CONFIG,
        PROFILE,
        Pipeline,
        EntryReader,
        CheckpointLog,
        BlobStore,
        CheckpointRepository,
        PlatformEntries,
        LotHeads,
        Clock,
        Recordings,
        RecordedFiles,
      ],
    },
  ],
  exports: [ArchiveSource],
})
export class ArchiveModule {}
