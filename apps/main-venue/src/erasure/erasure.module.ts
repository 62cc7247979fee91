import { PartEraser } from '@app/ledger/store';
import type { Config, Logger } from '@app/platform';
import { Clock, createPool } from '@app/platform';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { CONFIG, LOGGER, POOL } from '../core/tokens.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { PartErasures } from './part-erasures.js';

/** Erasures for the whole process. Started when the logs were compared with their witnesses: healing may bring parts back. */
@Module({})
export class ErasureModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #eraserPool: Pool | null;
  readonly #erasures: PartErasures;

  constructor(
    pipeline: Pipeline,
    reader: EntryReader,
    clock: Clock,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
    @Inject(POOL) pool: Pool,
  ) {
    const url = config.ERASER_DATABASE_URL;
    // The only connection of this role; it opens with the first order.
    this.#eraserPool =
      url === undefined
        ? null
        : createPool({
            url,
            name: `${config.VENUE_ID}-eraser`,
            connectionsMax: 1,
            onError: (error) => {
              logger.warn({ err: error }, 'erasure: the database connection was lost');
            },
          });
    const eraser = this.#eraserPool === null ? null : new PartEraser(this.#eraserPool);
    this.#erasures = new PartErasures({ pool, eraser, pipeline, reader, clock, logger });
  }

  onApplicationBootstrap(): void {
    this.#erasures.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#erasures.close();
    await this.#eraserPool?.end();
  }
}
