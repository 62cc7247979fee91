import { Module } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { redisUrlOf } from '@app/platform/redis';
import type { JobsOptions } from '@app/platform/jobs';
import { JobsModule } from '@app/platform/jobs';
import type { Pool } from 'pg';
import { CONFIG, LOGGER, POOL } from '../core/tokens.js';
import { JobsController } from './jobs.controller.js';

/**
 * The main venue's jobs (docs/design/jobs.md): the queues, and where an
 * operator sees them. Their processors live in the modules they belong to.
 */
@Module({
  imports: [
    JobsModule.forRootAsync({
      inject: [CONFIG, LOGGER, POOL, Clock],
      useFactory: (config: Config, logger: Logger, pool: Pool, clock: Clock): JobsOptions => ({
        pool,
        databaseUrl: config.DATABASE_URL,
        redisUrl: redisUrlOf(config),
        processName: config.VENUE_ID,
        prefix: `jobs:${config.INSTALLATION}`,
        clock,
        logger,
        limits: { beatMs: config.JOB_BEAT_MS, silenceMs: config.JOB_SILENCE_MS, keepDays: config.JOB_KEEP_DAYS },
      }),
    }),
  ],
  controllers: [JobsController],
})
export class MainJobsModule {}
