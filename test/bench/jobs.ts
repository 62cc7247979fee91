import 'reflect-metadata';
import { createLogger, createPool, createRedis, SystemClock } from '@app/platform';
import { JobBook, JobProcessor, JobsModule, markJob } from '@app/platform/jobs';
import { createDatabase, testServices } from '@app/testing';
import type { NestApplicationOptions } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../migrations/main/index.js';
import { interleaved, medianPair, printFigure, quantile } from './lib/figure.js';
import { stormJobs } from './lib/job-storm.js';
import { STORM_JOBS } from './lib/job-worker.js';

const QUIET: Partial<NestApplicationOptions> = { logger: ['error'], abortOnError: false };

/**
 * 10,000 timers due at one instant: p99 from due to done, beside BullMQ alone with as many workers in the same process. Ours are rows
 * that are taken and ended in PostgreSQL (fsync on) besides. Then a storm of kill -9: what is lost, and what is done twice.
 */
const TIMERS = 10_000;
const REPETITIONS = 3;
const CONCURRENCY = 200;
const ROWS_AT_ONCE = 500;
/** Wanting them and handing them over must be over before they are due. */
const AHEAD_MS = 20_000;
const STORM_JOBS_COUNT = 5_000;

class NothingProcessor extends JobProcessor<{ number: number }> {
  run(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
markJob('storm:do', { concurrency: CONCURRENCY })(NothingProcessor);

/** P99 of `due` to the event `completed`, milliseconds. */
function p99(worker: Worker, dueMs: number): Promise<number> {
  const late: number[] = [];
  return new Promise((resolve) => {
    worker.on('completed', ({ name }) => {
      if (name !== 'run') return;
      late.push(Date.now() - dueMs);
      if (late.length === TIMERS) resolve(quantile(late, 0.99));
    });
  });
}

async function ours(pool: Pool, databaseUrl: string, run: number): Promise<number> {
  const clock = new SystemClock();
  const options = {
    pool,
    databaseUrl,
    redisUrl: testServices().redisUrl,
    processName: 'bench',
    prefix: `ours-${run}`,
    clock,
    logger: createLogger({ name: 'bench', level: 'error' }),
  };
  @Module({ imports: [JobsModule.forRootAsync({ jobs: STORM_JOBS, useFactory: () => options })], providers: [NothingProcessor] })
  class BenchModule {}
  const app = await NestFactory.createApplicationContext(BenchModule, QUIET);
  const book = app.get<JobBook<typeof STORM_JOBS>>(JobBook);
  const dueMs = Date.now() + AHEAD_MS;
  const runAt = new Date(dueMs).toISOString();
  for (let number = 0; number < TIMERS; number += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, index) => number + index);
    await Promise.all(rows.map((one) => book.want(pool, 'storm:do', `${run}-${one}`, { number: one }, { runAt })));
  }
  const result = await p99(app.get(NothingProcessor).worker, dueMs);
  await app.close();
  return result;
}

async function bare(run: number): Promise<number> {
  const connection = createRedis(testServices().redisUrl, { blocking: true, name: 'bare' });
  const settings = { connection, prefix: `bare-${run}` };
  const queue = new Queue('bare', { ...settings, defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });
  const worker = new Worker('bare', () => Promise.resolve(), { ...settings, concurrency: CONCURRENCY });
  const dueMs = Date.now() + AHEAD_MS;
  for (let number = 0; number < TIMERS; number += ROWS_AT_ONCE) {
    const jobs = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({ name: 'run', data: { number: number + index } }));
    await queue.addBulk(jobs.map((job) => ({ ...job, opts: { delay: dueMs - Date.now() } })));
  }
  const result = await p99(worker, dueMs);
  await worker.close();
  await queue.close();
  connection.disconnect();
  return result;
}

async function main(): Promise<void> {
  const database = await createDatabase(MAIN_MIGRATIONS);
  const pool = createPool({ url: database.url, name: 'bench', connectionsMax: 10 });
  try {
    let run = 0;
    const pairs = await interleaved(
      REPETITIONS,
      () => ours(pool, database.url, (run += 1)),
      () => bare((run += 1)),
    );
    printFigure({
      bench: 'jobs',
      figure: `p99 from due to done, ${TIMERS} timers due at once`,
      unit: 'ms',
      ...medianPair(pairs),
      otherIs: 'bare BullMQ',
      better: 'lower',
      goal: 'shown, no goal',
      met: true,
    });
  } finally {
    await pool.end();
    await database.drop();
  }
  const { lost, twice } = await stormJobs(STORM_JOBS_COUNT);
  const shared = { bench: 'jobs', unit: 'jobs', other: null, otherIs: 'none', better: 'lower', goal: '0' } as const;
  printFigure({ ...shared, figure: `lost of ${STORM_JOBS_COUNT} after kill -9 of workers and Redis`, ours: lost, met: lost === 0 });
  printFigure({ ...shared, figure: `done twice of ${STORM_JOBS_COUNT} after kill -9 of workers and Redis`, ours: twice, met: twice === 0 });
}

await main();
