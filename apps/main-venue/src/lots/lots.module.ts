import { Module } from '@nestjs/common';
import type { Logger } from '@app/platform';
import type { Pool } from 'pg';
import { HeadSource } from '../core/ports.js';
import { ArchiveModule } from '../archive/archive.module.js';
import { LOGGER, POOL } from '../core/tokens.js';
import { LogModule } from '../log/log.module.js';
import { LogWriters } from '../pipeline/log-writers.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { EntryReader } from '../pipeline/pipeline.types.js';
import { VenuesModule } from '../venues/venues.module.js';
import { LotDirectory } from './lot-directory.js';
import { LotReader } from './lot-reader.js';
import { LotViewers } from './lot-viewers.js';
import { LotsController } from './lots.controller.js';
import { LotsGateway } from './lots.gateway.js';
import { Watchers } from './watchers.js';

@Module({
  imports: [ArchiveModule, LogModule, PipelineModule, VenuesModule],
  controllers: [LotsController],
  providers: [
    LotsGateway,
    { provide: LotDirectory, useFactory: (pool: Pool) => new LotDirectory(pool), inject: [POOL] },
    { provide: LotViewers, useFactory: (writers: LogWriters) => new LotViewers(writers), inject: [LogWriters] },
    {
      provide: LotReader,
      useFactory: (viewers: LotViewers, reader: EntryReader, heads: HeadSource) => new LotReader(viewers, reader, heads),
      inject: [LotViewers, EntryReader, HeadSource],
    },
    {
      provide: Watchers,
      useFactory: (viewers: LotViewers, reader: EntryReader, logger: Logger) => new Watchers(viewers, reader, logger),
      inject: [LotViewers, EntryReader, LOGGER],
    },
  ],
  exports: [LotDirectory, LotViewers],
})
export class LotsModule {}
