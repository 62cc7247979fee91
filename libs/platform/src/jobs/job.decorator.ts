import type { JOBS } from '@app/contracts';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Job as QueuedJob } from 'bullmq';
import type { z } from 'zod';
import { invariant } from '../errors/invariant.js';
import type { JobRunner } from './job-runner.js';
import type { JobContext, JobEnd, JobMap, JobOptions } from './jobs.types.js';
import { DEFAULT_JOB_OPTIONS, queueNameOf } from './jobs.types.js';

const JOB = Symbol('Job');
/** BullMQ gives a job up that stalled this often. We count attempts ourselves, in the row. */
const STALLED_MAX = 1_000_000;

interface JobMark {
  readonly name: string;
  readonly options: Required<JobOptions>;
}

/**
 * What does the jobs of one name; a provider marked with {@link Job}. A job may be begun again after a crash, so `run` must be safe
 * to repeat: let the state say that there is nothing left to do, or end in `context.doneIn`.
 *
 * A `DomainError` is a refusal and buries the job at once, since the same again gets the same refusal; those that speak of an
 * outage (`UNAVAILABLE`, `RATE_LIMITED`, `READ_ONLY`) and a database that is away are waited out. Any other error is a failed attempt.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- `@Job` compares it with the schema of the name
export abstract class JobProcessor<P> extends WorkerHost {
  #runner: JobRunner | undefined;

  abstract run(payload: P, context: JobContext): Promise<JobEnd>;

  /** Called once, before the queues open. */
  bind(runner: JobRunner): void {
    this.#runner = runner;
  }

  process(job: QueuedJob, token?: string): Promise<void> {
    invariant(this.#runner, 'a processor is bound before its queue opens');
    return this.#runner.run(this, job, token);
  }
}

/** The same without a map: the name and its payload are not compared. */
export function markJob(name: string, options: JobOptions = {}): ClassDecorator {
  const all = { ...DEFAULT_JOB_OPTIONS, ...options };
  const { concurrency, leaseMs } = all;
  const worker = { concurrency, lockDuration: leaseMs, stalledInterval: Math.ceil(leaseMs / 2), maxStalledCount: STALLED_MAX };
  const mark: JobMark = { name, options: all };
  return applyDecorators(Processor({ name: queueNameOf(name) }, worker), SetMetadata(JOB, mark));
}

/** The decorator of the processors of one map of jobs: each takes exactly what the map says of its name, or it does not compile. */
export function jobOf<M extends JobMap>() {
  return <N extends keyof M & string>(name: N, options: JobOptions = {}) => {
    const mark = markJob(name, options);
    return (target: abstract new (...args: never[]) => JobProcessor<z.infer<M[N]>>): void => {
      mark(target);
    };
  };
}

/** Marks the one processor of the jobs of a name of `JOBS`. */
export const Job = jobOf<typeof JOBS>();

/** The mark of a class, or null. */
export function jobMarkOf(target: unknown): JobMark | null {
  return typeof target === 'function' ? ((Reflect.getMetadata(JOB, target) as JobMark | undefined) ?? null) : null;
}
