import { PartEraser } from '@app/ledger/store';
import type { Config, Logger } from '@app/platform';
import { createPool } from '@app/platform';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { ERASER, PartErasures } from './part-erasures.js';

/** The only connection of the role that may erase; null when this process was given no address of it. */
const ERASER_POOL = Symbol('EraserPool');

/** Erasures for the whole process. */
@Module({
  imports: [PipelineModule],
  providers: [
    {
      provide: ERASER_POOL,
      useFactory: ({ ERASER_DATABASE_URL, VENUE_ID }: Config, logger: Logger) =>
        ERASER_DATABASE_URL === undefined
          ? null
          : createPool({
              url: ERASER_DATABASE_URL,
              name: `${VENUE_ID}-eraser`,
              connectionsMax: 1,
              onError: (error) => {
                logger.warn({ err: error }, 'erasure: the database connection was lost');
              },
            }),
      inject: [CONFIG, LOGGER],
    },
    { provide: ERASER, useFactory: (pool: Pool | null) => (pool === null ? null : new PartEraser(pool)), inject: [ERASER_POOL] },
    PartErasures,
  ],
})
export class ErasureModule implements OnApplicationShutdown {
  constructor(@Inject(ERASER_POOL) private readonly pool: Pool | null) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }
}
