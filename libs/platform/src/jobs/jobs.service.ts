import { BullRegistrar } from '@nestjs/bullmq';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DatabaseListener } from '../database/listener.js';
import { JOB_CHANNEL, JobBook } from './job-book.js';
import { JobDispatcher } from './job-dispatcher.js';
import { JobHeartbeat } from './job-heartbeat.js';
import { JobRows } from './job-rows.js';
import { JobRunner } from './job-runner.js';
import { jobMarkOf, JobProcessor } from './job.decorator.js';
import type { JobHealth, JobLimits, JobMap, JobsOptions } from './jobs.types.js';
import { DEFAULT_JOB_LIMITS } from './jobs.types.js';
import { processorFault } from './processor-fault.js';
import { policyFault } from './redis-policy.js';

export const JOBS_OPTIONS = Symbol('JobsOptions');
export const JOBS_REDIS = Symbol('JobsRedis');
export const JOB_MAP = Symbol('JobMap');
/** ReadonlyMap of BullMQ's queues by the jobs' names. */
export const JOB_QUEUES = Symbol('JobQueues');
/** So long a start waits for Redis to tell its policy; a Redis that comes later is asked then. */
const POLICY_MS_MAX = 2_000;

/** Starts and ends the queues of a process, in order. */
@Injectable()
export class JobsService implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #options: JobsOptions;
  readonly #limits: JobLimits;
  readonly #runner: JobRunner;
  readonly #dispatcher: JobDispatcher;
  readonly #heartbeat: JobHeartbeat;
  readonly #listener: DatabaseListener;
  readonly #queues: ReadonlyMap<string, Queue>;
  #processors: readonly JobProcessor<unknown>[] = [];
  #areWorkersOpen = false;
  #isClosed = false;

  constructor(
    @Inject(JOBS_OPTIONS) options: JobsOptions,
    @Inject(JOB_MAP) private readonly jobs: JobMap,
    @Inject(JOBS_REDIS) private readonly redis: Redis,
    private readonly book: JobBook,
    private readonly discovery: DiscoveryService,
    private readonly registrar: BullRegistrar,
    @Inject(JOB_QUEUES) queues: ReadonlyMap<string, Queue>,
  ) {
    const { pool, clock, logger, prefix } = options;
    this.#options = options;
    this.#limits = { ...DEFAULT_JOB_LIMITS, ...options.limits };
    const limits = this.#limits;
    const rows = new JobRows(pool, clock);
    this.#queues = queues;
    for (const queue of this.#queues.values()) queue.on('error', this.#quietly);
    this.#heartbeat = new JobHeartbeat({ rows, view: () => book.queues(), queues: this.#queues, clock, logger, limits });
    const onSign = (name: string): void => {
      this.#heartbeat.sign(name);
    };
    this.#runner = new JobRunner({ rows, jobs, clock, logger, limits, onSign });
    this.#dispatcher = new JobDispatcher({ rows, queues: this.#queues, redis, prefix, clock, logger, limits });
    this.#listener = new DatabaseListener({
      url: options.databaseUrl,
      name: `${options.processName}-jobs`,
      channel: JOB_CHANNEL,
      clock,
      onNotice: () => {
        this.#dispatcher.poke();
      },
      onError: this.#quietly,
    });
  }

  /** Dead jobs, and queues that are silent. */
  async health(): Promise<JobHealth> {
    return { dead: await this.book.dead(), silent: this.#heartbeat.silent };
  }

  async onModuleInit(): Promise<void> {
    this.#processors = this.discovery
      .getProviders()
      .map(({ instance }: { instance: unknown }) => instance)
      .filter((instance) => instance instanceof JobProcessor);
    const marks = this.#processors.map(({ constructor }) => ({ name: jobMarkOf(constructor)?.name ?? null, className: constructor.name }));
    const fault = processorFault(Object.keys(this.jobs), marks) ?? (await this.#policyFaultSoon());
    if (fault === null) return;
    this.redis.disconnect();
    throw new Error(fault);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const processor of this.#processors) processor.bind(this.#runner);
    this.redis.on('ready', this.#ready);
    if (this.redis.status === 'ready') this.#ready();
    await this.#listener.start();
    this.#dispatcher.start();
    this.#heartbeat.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    this.redis.off('ready', this.#ready);
    this.#dispatcher.close();
    this.#heartbeat.close();
    const workers = this.#areWorkersOpen ? this.#processors.map(({ worker }) => worker) : [];
    await this.#atMost(Promise.allSettled(workers.map((worker) => worker.pause(true))));
    await this.#runner.close();
    await this.#listener.close();
    await this.#atMost(
      Promise.allSettled([...workers.map((worker) => worker.close(true)), ...[...this.#queues.values()].map((queue) => queue.close())]),
    );
    this.redis.disconnect();
  }

  /** Waits for what may wait for a Redis that is away. */
  async #atMost(work: Promise<unknown>): Promise<void> {
    let cancel: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (cancel = this.#options.clock.after(this.#limits.closeMs, resolve)));
    await Promise.race([work, late]);
    cancel();
  }

  /** Redis is there, for the first time or again: it may be another one. */
  readonly #ready = (): void => {
    this.#policyFault()
      .then((fault) => {
        if (this.#isClosed) return;
        if (fault !== null) this.#options.logger.error(`no job is done: ${fault}`);
        else if (!this.#areWorkersOpen) this.#openWorkers();
        this.#dispatcher.poke();
      })
      .catch(this.#quietly);
  };

  #openWorkers(): void {
    this.#areWorkersOpen = true;
    this.registrar.register();
    for (const { worker } of this.#processors) worker.on('error', this.#quietly);
  }

  #policyFault(): Promise<string | null> {
    return policyFault(this.redis);
  }

  async #policyFaultSoon(): Promise<string | null> {
    const { clock, logger } = this.#options;
    const asked = this.#policyFault().catch(() => null);
    const fault = await Promise.race([asked, clock.sleep(POLICY_MS_MAX).then(() => undefined)]);
    if (fault === undefined) logger.warn('Redis does not answer: jobs wait in the database until it does');
    return fault ?? null;
  }

  readonly #quietly = (error: unknown): void => {
    if (!this.#isClosed) this.#options.logger.debug({ err: error }, 'a queue cannot be reached now');
  };
}
