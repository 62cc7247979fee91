import { Module } from '@nestjs/common';
import type { Logger } from '@app/platform';
import type { Pool } from 'pg';
import { HeadSource } from '../core/ports.js';
import { ASSEMBLED, LOGGER, POOL } from '../core/tokens.js';
import type { Assembled } from '../pipeline/assemble.js';
import { LotDirectory } from './lot-directory.js';
import { LotReader } from './lot-reader.js';
import { LotViewers } from './lot-viewers.js';
import { LotsController } from './lots.controller.js';
import { LotsGateway } from './lots.gateway.js';
import { Watchers } from './watchers.js';

@Module({
  controllers: [LotsController],
  providers: [
    LotsGateway,
    { provide: LotDirectory, useFactory: (pool: Pool) => new LotDirectory(pool), inject: [POOL] },
    { provide: LotViewers, useFactory: ({ writers }: Assembled) => new LotViewers(writers), inject: [ASSEMBLED] },
    {
      provide: LotReader,
      useFactory: (viewers: LotViewers, { reader }: Assembled, heads?: HeadSource) => new LotReader(viewers, reader, heads ?? null),
      inject: [LotViewers, ASSEMBLED, { token: HeadSource, optional: true }],
    },
    {
      provide: Watchers,
      useFactory: (viewers: LotViewers, { reader }: Assembled, logger: Logger) => new Watchers(viewers, reader, logger),
      inject: [LotViewers, ASSEMBLED, LOGGER],
    },
  ],
  exports: [LotDirectory, LotViewers],
})
export class LotsModule {}
