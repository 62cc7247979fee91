import type { ErrorCode, JobProgress } from '@app/contracts';
import { zJobProgress } from '@app/contracts';
import type { Job as QueuedJob } from 'bullmq';
import { DelayedError } from 'bullmq';
import { z } from 'zod';
import type { CancelTimer, Clock } from '../clock/clock.js';
import { isDatabaseAway } from '../database/database-away.js';
import { isDomainError } from '../errors/domain-error.js';
import type { Logger } from '../logger/logger.js';
import type { Claimed, JobRows } from './job-rows.js';
import type { JobProcessor } from './job.decorator.js';
import { jobMarkOf } from './job.decorator.js';
import type { JobContext, JobEnd, JobLimits, JobMap, JobOptions } from './jobs.types.js';

/** Name of the queued jobs that only show that a queue is served. */
export const BEAT = 'beat';
const PROGRESS_MS = 500;
/** A lease is renewed this often before it ends. */
const RENEWALS = 3;
const FAILED: ErrorCode = 'INTERNAL';
const OUTAGES: readonly string[] = ['UNAVAILABLE', 'RATE_LIMITED', 'READ_ONLY'];

/** Another worker has taken the job over: whatever this one still does counts for nothing. */
class JobTakenOver extends Error {
  constructor(id: string) {
    super(`another worker has taken job ${id} over`);
    this.name = 'JobTakenOver';
  }
}

export interface JobRunnerDeps {
  readonly rows: JobRows;
  readonly jobs: JobMap;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: JobLimits;
  /** Hears every sign of life of a queue's workers. */
  readonly onSign: (name: string) => void;
}

interface Run {
  readonly job: Claimed;
  readonly options: Required<JobOptions>;
  readonly abort: AbortController;
  isDone: boolean;
  toldMs: number;
  untold: JobProgress | null;
}

/**
 * Does one queued job: takes its row, reads what it was told, lets the processor work, and writes down how it ended. What the queue
 * holds is an id and a time; if the row is not there to be taken, there is nothing to do.
 */
export class JobRunner {
  readonly #runs = new Set<Run>();
  #cancelRenewal: CancelTimer | null = null;
  #isClosed = false;

  constructor(private readonly deps: JobRunnerDeps) {}

  /** Takes no more, and waits up to `closeMs` for what runs to end after it was told to. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { abort } of this.#runs) abort.abort(new Error('the process ends'));
    const until = this.deps.clock.nowMs() + this.deps.limits.closeMs;
    while (this.#runs.size > 0 && this.deps.clock.nowMs() < until) await this.deps.clock.sleep(10);
    this.#cancelRenewal?.();
  }

  async run<P>(processor: JobProcessor<P>, queued: QueuedJob, token: string | undefined): Promise<void> {
    const mark = jobMarkOf(processor.constructor);
    if (mark === null || queued.id === undefined) return;
    this.deps.onSign(mark.name);
    if (queued.name === BEAT) return;
    // What comes while the process ends goes back at once: another one may take it.
    const nextMs = this.#isClosed ? this.deps.clock.nowMs() : await this.#take(processor, queued.id, mark.options);
    this.deps.onSign(mark.name);
    if (nextMs === null) return;
    await queued.moveToDelayed(nextMs, token);
    throw new DelayedError();
  }

  /** When the queue is to bring it again; null when it has ended. */
  async #take<P>(processor: JobProcessor<P>, id: string, options: Required<JobOptions>): Promise<number | null> {
    try {
      const taken = await this.deps.rows.claim(id, options.leaseMs);
      if (taken.kind === 'gone') return null;
      if (taken.kind === 'busy') return Math.max(taken.untilMs, this.deps.clock.nowMs()) + 1;
      return await this.#work(processor, taken.job, options);
    } catch (error) {
      // The row could not be written; if it was taken, its lease ends and somebody takes it again.
      const log = isDatabaseAway(error) ? 'debug' : 'error';
      this.deps.logger[log]({ err: error, job: id }, 'the end of a job could not be written down; it is begun again');
      return this.deps.clock.nowMs() + this.deps.limits.outageMs;
    }
  }

  async #work<P>(processor: JobProcessor<P>, job: Claimed, options: Required<JobOptions>): Promise<number | null> {
    // A worker that dies of a job leaves no error behind: the count of starts ends it.
    if (job.attempt > options.attemptsMax)
      return this.#bury(job, 'JOB_WORKER_LOST', `${options.attemptsMax} starts, and no end of the last`);
    const payload = this.#read(job);
    if (!payload.ok) return this.#bury(job, 'JOB_MALFORMED', payload.message);
    const run: Run = { job, options, abort: new AbortController(), isDone: false, toldMs: -Infinity, untold: null };
    this.#runs.add(run);
    this.#renewLater(options.leaseMs);
    try {
      // The schema of the name is the processor's: the decorator's type says so.
      const end = await processor.run(payload.value as P, this.#contextOf(run));
      return await this.#ended(run, end);
    } catch (error) {
      return await this.#failed(run, error);
    } finally {
      this.#runs.delete(run);
    }
  }

  #read({ name, payload }: Claimed): { ok: true; value: unknown } | { ok: false; message: string } {
    const read = this.deps.jobs[name]?.safeParse(payload);
    if (read?.success === true) return { ok: true, value: read.data };
    return { ok: false, message: read === undefined ? `there is no job ${name}` : z.prettifyError(read.error) };
  }

  #contextOf(run: Run): JobContext {
    const { job, abort } = run;
    return {
      id: job.id,
      key: job.key,
      attempt: job.attempt,
      reached: readProgress(job.progress),
      signal: abort.signal,
      progress: (progress) => this.#progress(run, progress),
      doneIn: async (tx) => {
        await this.deps.rows.doneIn(tx, job);
        run.isDone = true;
      },
    };
  }

  async #progress(run: Run, progress: JobProgress): Promise<void> {
    const now = this.deps.clock.nowMs();
    run.untold = progress;
    if (now - run.toldMs < PROGRESS_MS) return;
    run.toldMs = now;
    await this.#tell(run);
  }

  async #tell(run: Run): Promise<void> {
    if (run.untold === null) return;
    const progress = run.untold;
    run.untold = null;
    if (!(await this.deps.rows.progress(run.job, progress))) throw new JobTakenOver(run.job.id);
  }

  async #ended(run: Run, end: JobEnd): Promise<number | null> {
    await this.#tell(run);
    if (end !== undefined && !run.isDone) return await this.#again(run, this.deps.clock.nowMs() + end.againInMs, false, null);
    if (!run.isDone && !(await this.deps.rows.done(run.job))) this.#takenOver(run.job);
    return null;
  }

  async #failed(run: Run, error: unknown): Promise<number | null> {
    const { job, options } = run;
    const { clock, limits, logger } = this.deps;
    if (error instanceof JobTakenOver) return this.#takenOver(job);
    const failure = { code: isDomainError(error) ? error.code : FAILED, error: error instanceof Error ? error.message : String(error) };
    if (this.#isClosed && run.abort.signal.aborted) return await this.#again(run, clock.nowMs(), false, failure);
    if (isDatabaseAway(error) || OUTAGES.includes(failure.code))
      return await this.#again(run, clock.nowMs() + limits.outageMs, false, failure);
    if (isDomainError(error) && error.code !== 'INTERNAL') return await this.#bury(job, error.code, error.message);
    if (job.attempt >= options.attemptsMax) {
      logger.error({ err: error, job: job.id, name: job.name }, 'the last attempt of a job failed');
      return await this.#bury(job, failure.code, failure.error);
    }
    const waitMs = backOffMs(job.attempt, options);
    logger.warn({ err: error, job: job.id, name: job.name, attempt: job.attempt, waitMs }, 'an attempt of a job failed; it is tried again');
    return await this.#again(run, clock.nowMs() + waitMs, true, failure);
  }

  async #again(run: Run, atMs: number, isCounted: boolean, failure: { code: ErrorCode; error: string } | null): Promise<number | null> {
    return (await this.deps.rows.again(run.job, atMs, isCounted, failure)) ? atMs : this.#takenOver(run.job);
  }

  async #bury(job: Claimed, code: ErrorCode, error: string): Promise<null> {
    if (!(await this.deps.rows.bury(job, { code, error }))) return this.#takenOver(job);
    this.deps.logger.error({ job: job.id, name: job.name, key: job.key, code, reason: error }, 'a job is dead: somebody has to look');
    return null;
  }

  #takenOver({ id, name }: Claimed): null {
    this.deps.logger.warn({ job: id, name }, 'a job was taken over by another worker; this one has lost it');
    return null;
  }

  #renewLater(leaseMs: number): void {
    this.#cancelRenewal ??= this.deps.clock.after(leaseMs / RENEWALS, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const runs = [...this.#runs];
    try {
      const held = await this.deps.rows.renew(runs.map(({ job: { id, claim }, options }) => ({ id, claim, leaseMs: options.leaseMs })));
      for (const run of runs) {
        if (held.has(run.job.id)) this.deps.onSign(run.job.name);
        else if (!run.isDone && this.#runs.has(run)) run.abort.abort(new JobTakenOver(run.job.id));
      }
    } catch (error) {
      this.deps.logger.debug({ err: error }, 'the leases of running jobs could not be renewed; it is tried again');
    }
    this.#cancelRenewal = null;
    const leases = [...this.#runs].map(({ options }) => options.leaseMs);
    if (leases.length > 0 && !this.#isClosed) this.#renewLater(Math.min(...leases));
  }
}

/** Null also for what another build told. */
function readProgress(told: unknown): JobProgress | null {
  const read = zJobProgress.safeParse(told);
  return read.success ? (read.data as JobProgress) : null;
}

/** Milliseconds to wait after the failed attempt number `attempt`, from 1. */
export function backOffMs(attempt: number, { backOffFirstMs, backOffMsMax }: Required<JobOptions>): number {
  return Math.min(backOffMsMax, backOffFirstMs * 2 ** (attempt - 1));
}
