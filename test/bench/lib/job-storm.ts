import { createPool, inTransaction, SystemClock } from '@app/platform';
import { JobBook } from '@app/platform/jobs';
import type { TestDatabase } from '@app/testing';
import { createDatabase, startRedis } from '@app/testing';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import type { StormPlace } from './job-worker.js';
import { STORM_CONCURRENCY, STORM_JOBS } from './job-worker.js';

const WORKER = resolve('dist/test/bench/lib/job-worker.js');
const DUE_WITHIN_MS = 5_000;
/** More than one worker takes at once. */
const BUSY_JOBS = STORM_CONCURRENCY + 1;
const BUSY_MS_MAX = 30_000;
const END_MS_MAX = 120_000;

export interface StormCount {
  readonly wanted: number;
  readonly lost: number;
  readonly twice: number;
  /** Jobs that were begun more than once: the storm did hit some. */
  readonly begunAgain: number;
}

/** A table that any run may write twice: what counts the effects must not itself prevent the second one. */
async function effectTable(database: TestDatabase): Promise<void> {
  const owner = createPool({ url: database.ownerUrl, name: 'storm-owner', connectionsMax: 1 });
  await owner.query('CREATE TABLE effect (number integer NOT NULL, attempt integer NOT NULL)');
  await owner.end();
}

class Workers {
  readonly #running: ChildProcess[] = [];

  constructor(private readonly place: StormPlace) {}

  async start(): Promise<void> {
    const child = spawn(process.execPath, [WORKER, JSON.stringify(this.place)], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#running.push(child);
    await new Promise<void>((ready, failed) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('ready')) ready();
      });
      child.once('close', (code) => failed(new Error(`a worker ended with ${String(code)} before it was ready`)));
    });
  }

  /** SIGKILL to the one that was started first; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#running.shift();
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    while (this.#running.length > 0) await this.kill();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((ended) => setTimeout(ended, ms));

/**
 * Wants jobs that are due within five seconds, kills each of two workers and Redis (append-only file) with SIGKILL meanwhile, starts them
 * again, and counts effects. Needs a build and the services of a test run.
 */
export async function stormJobs(wanted: number): Promise<StormCount> {
  const database = await createDatabase(MAIN_MIGRATIONS);
  const redis = await startRedis();
  const pool = createPool({ url: database.url, name: 'storm', connectionsMax: 4 });
  const workers = new Workers({ databaseUrl: database.url, redisUrl: redis.url, prefix: 'storm' });
  try {
    await effectTable(database);
    await Promise.all([workers.start(), workers.start()]);
    const book = new JobBook({ pool, clock: new SystemClock(), silenceMs: 60_000, jobs: STORM_JOBS });
    // In one transaction: on a slow machine the workers would have done the first jobs before the last were wanted, and nothing be hit.
    await inTransaction(pool, async (tx) => {
      const from = Date.now() + 500;
      for (let number = 0; number < wanted; number += 1) {
        const runAt = new Date(from + (number * DUE_WITHIN_MS) / wanted).toISOString();
        await book.want(tx, 'storm:do', `storm-${number}`, { number }, { runAt });
      }
    });
    await busy(pool);
    await workers.kill();
    const isFirstBack = workers.start();
    await sleep(1_000);
    await redis.kill();
    await sleep(1_000);
    await redis.start();
    await isFirstBack;
    await workers.kill();
    await workers.start();
    return await count(pool, wanted);
  } finally {
    await workers.end();
    await pool.end();
    await redis.erase();
    await database.drop();
  }
}

/** Resolves while jobs are in both workers' hands. */
async function busy(pool: Pool): Promise<void> {
  const endMs = Date.now() + BUSY_MS_MAX;
  while (Date.now() < endMs) {
    const { rows } = await pool.query<{ running: string }>(`SELECT count(*) AS running FROM job WHERE state = 'RUNNING'`);
    if (Number(rows[0]?.running) >= BUSY_JOBS) return;
    await sleep(5);
  }
  throw new Error(`fewer than ${BUSY_JOBS} jobs run at once: nothing to storm`);
}

async function count(pool: Pool, wanted: number): Promise<StormCount> {
  const endMs = Date.now() + END_MS_MAX;
  while (Date.now() < endMs) {
    const { rows } = await pool.query<{ open: string }>(`SELECT count(*) AS open FROM job WHERE state <> 'DONE'`);
    if (rows[0]?.open === '0') break;
    await sleep(200);
  }
  const { rows } = await pool.query<{ effects: string; numbers: string; again: string }>(
    `SELECT count(*) AS effects, count(DISTINCT number) AS numbers, (SELECT count(*) FROM job WHERE attempts > 1) AS again FROM effect`,
  );
  const { effects, numbers, again } = rows[0] ?? { effects: '0', numbers: '0', again: '0' };
  return { wanted, lost: wanted - Number(numbers), twice: Number(effects) - Number(numbers), begunAgain: Number(again) };
}
