import type { JobView } from '@app/contracts';
import { SystemClock } from '@app/platform';
import type { JobContext, JobEnd, JobLimits, JobOptions } from '@app/platform/jobs';
import { JobBook, JobProcessor, JobsModule, JobsService, markJob } from '@app/platform/jobs';
import { testRedisUrl } from '@app/testing';
import type { INestApplicationContext, NestApplicationOptions, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { randomBytes } from 'node:crypto';
import type { DestinationStream } from 'pino';
import type { Pool } from 'pg';
import { z } from 'zod';
import { createLogger } from '../../logger/logger.js';
import { jobMarkOf } from '../job.decorator.js';

/** Jobs that only tests have. */
const TEST_JOBS = {
  'test:do': z.strictObject({ word: z.string().max(50) }),
  'test:other': z.strictObject({ count: z.int() }),
};
type TestJobs = typeof TEST_JOBS;
export type Work<P> = (payload: P, context: JobContext) => Promise<JobEnd>;

/** A processor of a job that does what the test says. */
export function processorOf<P>(name: string, work: Work<P>, options: JobOptions = {}): Type<JobProcessor<P>> {
  class TestProcessor extends JobProcessor<P> {
    run(payload: P, context: JobContext): Promise<JobEnd> {
      return work(payload, context);
    }
  }
  markJob(name, { backOffFirstMs: 20, leaseMs: 1_000, ...options })(TestProcessor);
  return TestProcessor;
}

/** Done; takes whatever was noted on the way. */
export const nothing = (_noted?: unknown): Promise<undefined> => Promise.resolve(undefined);

export interface JobsKitOptions {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly providers: readonly Type<unknown>[];
  readonly redisUrl?: string;
  readonly prefix?: string;
  readonly limits?: Partial<JobLimits>;
  /** Lines of the log. */
  readonly lines?: string[];
}

export interface JobsKit {
  readonly app: INestApplicationContext;
  readonly book: JobBook<TestJobs>;
  readonly service: JobsService;
  readonly prefix: string;
  readonly processors: readonly Type<unknown>[];
  /** Waits until the job is as asked; fails after ten seconds with what it was last. */
  until(id: string, holds: (job: JobView) => boolean): Promise<JobView>;
  close(): Promise<void>;
}

const QUIET: Partial<NestApplicationOptions> = { logger: false, abortOnError: false };
const FAST: Partial<JobLimits> = { beatMs: 100, silenceMs: 60_000, overdueMs: 400, outageMs: 50, closeMs: 2_000 };

/** A booted process that does these jobs, with beats that a test can wait for. */
export async function startJobs(options: JobsKitOptions): Promise<JobsKit> {
  const { lines = [], prefix = `test-${randomBytes(6).toString('hex')}` } = options;
  const destination: DestinationStream = { write: (line) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'debug', destination });
  const jobs = JobsModule.forRootAsync({
    jobs: TEST_JOBS,
    useFactory: () => ({
      pool: options.pool,
      databaseUrl: options.databaseUrl,
      redisUrl: options.redisUrl ?? testRedisUrl(),
      processName: 'test',
      prefix,
      clock: new SystemClock(),
      logger,
      limits: { ...FAST, ...options.limits },
    }),
  });
  @Module({ imports: [jobs], providers: [...options.providers] })
  class TestModule {}
  const app = await NestFactory.createApplicationContext(TestModule, QUIET);
  const book = app.get<JobBook<TestJobs>>(JobBook);
  return {
    app,
    book,
    service: app.get(JobsService),
    prefix,
    processors: options.providers,
    until: async (id, holds) => {
      let last: JobView | null = null;
      for (let attempt = 0; attempt < 1_000; attempt += 1) {
        last = await book.find(id);
        if (last !== null && holds(last)) return last;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`the job did not come to that: ${JSON.stringify(last)}`);
    },
    close: () => app.close(),
  };
}

/** BullMQ's worker of a queue. */
export function workerOf(kit: JobsKit, name: string): Worker {
  const processor = kit.processors.find((type) => jobMarkOf(type)?.name === name);
  if (processor === undefined) throw new Error(`no processor of ${name}`);
  return kit.app.get<JobProcessor<unknown>>(processor).worker;
}

export const isDone = (job: JobView): boolean => job.state === 'DONE';
export const isDead = (job: JobView): boolean => job.state === 'DEAD';
