import { JOBS } from '@app/contracts';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { DiscoveryModule } from '@nestjs/core';
import { createRedis } from '../redis/redis.js';
import { JobBook } from './job-book.js';
import type { JobMap, JobsOptions } from './jobs.types.js';
import { DEFAULT_JOB_LIMITS, queueNameOf } from './jobs.types.js';
import { JOB_MAP, JOB_QUEUES, JOBS_OPTIONS, JOBS_REDIS, JobsService } from './jobs.service.js';

export interface JobsModuleOptions {
  /** The jobs of this process: `JOBS` of `@app/contracts`. */
  readonly jobs?: JobMap;
  readonly inject?: FactoryProvider['inject'];
  // A factory's parameters are what `inject` names: Nest types them so.
  readonly useFactory: FactoryProvider<JobsOptions>['useFactory'];
}

/** What the queues are made with; a module of its own, since BullMQ's module takes it from here. */
@Module({})
class JobsBase {}

/**
 * Jobs: {@link JobBook} to want them, a provider marked `@Job(name)` in any module to do them. Starting fails with a sentence when a
 * job has no processor or two, or when Redis may drop what it holds. The pool stays its giver's; everything else is closed here.
 */
@Module({})
export class JobsModule {
  static forRootAsync({ jobs = JOBS, inject = [], useFactory }: JobsModuleOptions): DynamicModule {
    const base: DynamicModule = {
      module: JobsBase,
      providers: [
        { provide: JOB_MAP, useValue: jobs },
        { provide: JOBS_OPTIONS, useFactory, inject },
        {
          provide: JOBS_REDIS,
          // BullMQ's workers wait for Redis as long as it is away; so do the queues, whose rows wait in PostgreSQL meanwhile.
          useFactory: ({ redisUrl, processName }: JobsOptions) => createRedis(redisUrl, { blocking: true, name: `${processName}-jobs` }),
          inject: [JOBS_OPTIONS],
        },
      ],
      exports: [JOB_MAP, JOBS_OPTIONS, JOBS_REDIS],
    };
    const names = Object.keys(jobs);
    return {
      module: JobsModule,
      global: true,
      imports: [
        base,
        DiscoveryModule,
        BullModule.forRootAsync({
          imports: [base],
          inject: [JOBS_OPTIONS, JOBS_REDIS],
          useFactory: ({ prefix }: JobsOptions, connection: ReturnType<typeof createRedis>) => ({
            connection,
            prefix,
            // The row is what remains of a job. A queued job that were kept would keep its row from being handed over again.
            defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
          }),
          extraOptions: { manualRegistration: true },
        }),
        BullModule.registerQueue(...names.map((name) => ({ name: queueNameOf(name) }))),
      ],
      providers: [
        JobsService,
        {
          provide: JOB_QUEUES,
          useFactory: (...queues: Queue[]) => new Map(queues.map((queue, index) => [names[index], queue])),
          inject: names.map((name) => getQueueToken(queueNameOf(name))),
        },
        {
          provide: JobBook,
          useFactory: ({ pool, clock, limits }: JobsOptions) =>
            new JobBook({ pool, clock, jobs, silenceMs: limits?.silenceMs ?? DEFAULT_JOB_LIMITS.silenceMs }),
          inject: [JOBS_OPTIONS],
        },
      ],
      exports: [JobBook, JobsService],
    };
  }
}
