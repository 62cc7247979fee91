import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { AccessKind } from './access-kind.js';
import { AccessLog } from './access-log.js';
import { RecordedFiles } from './recorded-files.js';
import { Recordings } from './recordings.js';
import { RecordingsRepository } from './recordings.repository.js';
import { SiteRecordingsController } from './site-recordings.controller.js';

/** Looking at what was recorded of lots (回放): the files that sites bring, who looked at what, and the way to the keys. */
@Module({
  imports: [LogModule, PipelineModule, VenuesModule],
  controllers: [SiteRecordingsController],
  providers: [AccessKind, AccessLog, RecordedFiles, Recordings, RecordingsRepository],
  exports: [AccessLog, RecordedFiles, Recordings],
})
export class WatchModule {}
