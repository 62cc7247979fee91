import 'reflect-metadata';
import { createLogger, createPool, inTransaction, SystemClock } from '@app/platform';
import { createRedis } from '@app/platform/redis';
import { JobBook, JobProcessor, JobsModule, markJob } from '@app/platform/jobs';
import { createDatabase, testServices } from '@app/testing';
import type { NestApplicationOptions } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../migrations/main/index.js';
import { within } from './lib/child.js';
import { interleaved, medianPair, printFigure, quantile } from './lib/figure.js';
import { stormJobs } from './lib/job-storm.js';
import { STORM_JOBS } from './lib/job-worker.js';
import { sizeOption } from './lib/options.js';

const QUIET: Partial<NestApplicationOptions> = { logger: ['error'], abortOnError: false };

/**
 * 10,000 timers due at one instant: p99 from due to done, beside BullMQ alone with as many workers in the same process. Ours are rows
 * that are taken and ended in PostgreSQL (fsync on) besides. Then a storm of kill -9: what is lost, and what is done twice.
 * `--timers=500 --storm=500 --ahead=3000 --repetitions=1` for a short run.
 */
const TIMERS = sizeOption('timers', 10_000);
const REPETITIONS = sizeOption('repetitions', 3);
const CONCURRENCY = 200;
const ROWS_AT_ONCE = 500;
/** Wanting them and handing them over must be over before they are due; it is checked. */
const AHEAD_MS = sizeOption('ahead', 20_000);
const DONE_MS_MAX = 120_000;
const STORM_JOBS_COUNT = sizeOption('storm', 5_000);

class NothingProcessor extends JobProcessor<{ number: number }> {
  run(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
markJob('storm:do', { concurrency: CONCURRENCY })(NothingProcessor);

/** P99 of `due` to the event `completed`, milliseconds. Throws when some are never done. */
function p99(worker: Worker, dueMs: number): Promise<number> {
  const late = new Map<string | undefined, number>();
  const all = new Promise<number>((resolve) => {
    worker.on('completed', ({ id, name }) => {
      if (name !== 'run') return;
      late.set(id, Date.now() - dueMs);
      if (late.size === TIMERS) resolve(quantile([...late.values()], 0.99));
    });
  });
  return within(all, AHEAD_MS + DONE_MS_MAX, () => `${late.size} of ${TIMERS} timers were done`);
}

/** What is not ready before it is due would be measured as late. */
function ready(dueMs: number): void {
  if (Date.now() >= dueMs) throw new Error(`${TIMERS} timers were not wanted and handed over within ${AHEAD_MS} ms: give a longer --ahead`);
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
  const dueMs = Date.now() + AHEAD_MS;
  try {
    const measured = p99(app.get(NothingProcessor).worker, dueMs);
    await wantAll(pool, app.get<JobBook<typeof STORM_JOBS>>(JobBook), run, dueMs);
    return await measured;
  } finally {
    await app.close();
  }
}

/** Wants the timers, and waits until all are handed to the queue. */
async function wantAll(pool: Pool, book: JobBook<typeof STORM_JOBS>, run: number, dueMs: number): Promise<void> {
  const runAt = new Date(dueMs).toISOString();
  for (let number = 0; number < TIMERS; number += ROWS_AT_ONCE)
    await inTransaction(pool, async (tx) => {
      for (let one = number; one < Math.min(TIMERS, number + ROWS_AT_ONCE); one += 1)
        await book.want(tx, 'storm:do', `${run}-${one}`, { number: one }, { runAt });
    });
  while ((await pool.query('SELECT 1 FROM job WHERE handed_at IS NULL LIMIT 1')).rowCount !== 0) {
    ready(dueMs);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  ready(dueMs);
}

async function bare(run: number): Promise<number> {
  const connection = createRedis(testServices().redisUrl, { blocking: true, name: 'bare' });
  const settings = { connection, prefix: `bare-${run}` };
  const queue = new Queue('bare', { ...settings, defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });
  const worker = new Worker('bare', () => Promise.resolve(), { ...settings, concurrency: CONCURRENCY });
  const dueMs = Date.now() + AHEAD_MS;
  const measured = p99(worker, dueMs);
  for (let number = 0; number < TIMERS; number += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, TIMERS - number);
    const jobs = Array.from({ length }, (_, index) => ({ name: 'run', data: { number: number + index } }));
    await queue.addBulk(jobs.map((job) => ({ ...job, opts: { delay: dueMs - Date.now() } })));
  }
  ready(dueMs);
  const result = await measured;
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
