import 'reflect-metadata';
import { createLogger, createPool, inTransaction, SystemClock } from '@app/platform';
import type { JobContext, JobsOptions } from '@app/platform/jobs';
import { JobProcessor, JobsModule, markJob } from '@app/platform/jobs';
import type { NestApplicationOptions } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Pool } from 'pg';
import { z } from 'zod';

const QUIET: Partial<NestApplicationOptions> = { logger: ['error', 'warn'], abortOnError: false };

/** The one job of the storm and of the benchmark. */
export const STORM_JOBS = { 'storm:do': z.strictObject({ number: z.int() }) };
export const STORM_LEASE_MS = 2_000;
export const STORM_CONCURRENCY = 10;
/** Long enough that a kill meets jobs which were begun and have not ended. */
const WORK_MS = 100;

export interface StormPlace {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
}

/** Writes its effect and its end in one transaction, as a processor does whose effect is a row. */
class StormProcessor extends JobProcessor<{ number: number }> {
  constructor(private readonly pool: Pool) {
    super();
  }

  async run({ number }: { number: number }, context: JobContext): Promise<undefined> {
    await new Promise((resolve) => setTimeout(resolve, WORK_MS));
    await inTransaction(this.pool, async (tx) => {
      await tx.query('INSERT INTO effect (number, attempt) VALUES ($1, $2)', [number, context.attempt]);
      await context.doneIn(tx);
    });
  }
}
markJob('storm:do', { concurrency: STORM_CONCURRENCY, leaseMs: STORM_LEASE_MS, attemptsMax: 20 })(StormProcessor);

/** Does jobs until it is killed. Run as a program with its place as JSON. */
export async function runWorker({ databaseUrl, redisUrl, prefix }: StormPlace): Promise<void> {
  const clock = new SystemClock();
  const logger = createLogger({ name: 'storm', level: 'warn' });
  const pool = createPool({ url: databaseUrl, name: 'storm-worker', connectionsMax: 10 });
  const options: JobsOptions = {
    pool,
    databaseUrl,
    redisUrl,
    processName: 'storm',
    prefix,
    clock,
    logger,
    limits: { beatMs: 200, overdueMs: 1_000, outageMs: 200 },
  };
  @Module({
    imports: [JobsModule.forRootAsync({ jobs: STORM_JOBS, useFactory: () => options })],
    providers: [{ provide: StormProcessor, useFactory: () => new StormProcessor(pool) }],
  })
  class WorkerModule {}
  await NestFactory.createApplicationContext(WorkerModule, QUIET);
  process.stdout.write('ready\n');
}

const place = process.argv[2];
if (process.argv[1]?.endsWith('job-worker.js') === true && place !== undefined) await runWorker(JSON.parse(place) as StormPlace);
