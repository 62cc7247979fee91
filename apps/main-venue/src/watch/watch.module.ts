import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { AccessKind } from './access-kind.js';
import { AccessLog } from './access-log.js';

/** Looking at what was recorded of lots (回放): who looked at what, and the way to the keys. */
@Module({
  imports: [LogModule, PipelineModule, VenuesModule],
  providers: [AccessKind, AccessLog],
  exports: [AccessLog],
})
export class WatchModule {}
