import type { QueueView } from '@app/contracts';
import type { Queue } from 'bullmq';
import type { CancelTimer, Clock } from '../clock/clock.js';
import type { Logger } from '../logger/logger.js';
import type { JobRows } from './job-rows.js';
import { BEAT } from './job-runner.js';
import type { JobLimits } from './jobs.types.js';

export interface JobHeartbeatDeps {
  readonly rows: JobRows;
  /** How the queues stand, by the signs that all processes wrote down. */
  readonly view: () => Promise<readonly QueueView[]>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: JobLimits;
}

/**
 * Shows that each queue is served: a beat goes the way of every job, through Redis to a worker, and whichever process hears one
 * writes it down. A queue that nobody heard of for `silenceMs` raises an alarm: an error in the log, and a name in `readyz`.
 */
export class JobHeartbeat {
  readonly #signs = new Map<string, number>();
  /** Queues whose beat has not reached Redis yet. */
  readonly #sending = new Set<string>();
  #silent: ReadonlySet<string> = new Set();
  #sinceMs = 0;
  #isClosed = false;
  #cancel: CancelTimer | null = null;

  constructor(private readonly deps: JobHeartbeatDeps) {}

  /** Queues that are silent, as of the last beat. */
  get silent(): readonly string[] {
    return [...this.#silent];
  }

  /** A worker of this queue lives. */
  sign(name: string): void {
    this.#signs.set(name, this.deps.clock.nowMs());
  }

  start(): void {
    this.#sinceMs = this.deps.clock.nowMs();
    void this.#beat();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  async #beat(): Promise<void> {
    for (const [name, queue] of this.deps.queues) void this.#send(name, queue);
    try {
      const signs = new Map(this.#signs);
      this.#signs.clear();
      if (signs.size > 0) await this.deps.rows.noteSigns(signs);
      this.#judge(await this.deps.view());
    } catch (error) {
      if (!this.#isClosed) this.deps.logger.debug({ err: error }, 'the hearts of the queues cannot be heard now');
    }
    if (!this.#isClosed) this.#cancel = this.deps.clock.after(this.deps.limits.beatMs, () => void this.#beat());
  }

  /** One beat of a queue waits at a time: beats that nobody hears do not pile up. */
  async #send(name: string, queue: Queue): Promise<void> {
    if (this.#sending.has(name)) return;
    this.#sending.add(name);
    try {
      await queue.add(BEAT, null, { jobId: BEAT });
    } catch (error) {
      if (!this.#isClosed) this.deps.logger.debug({ err: error, queue: name }, 'a beat was not sent');
    } finally {
      this.#sending.delete(name);
    }
  }

  #judge(queues: readonly QueueView[]): void {
    const { clock, limits, logger } = this.deps;
    // What was silent before this process began is not its silence yet.
    if (clock.nowMs() - this.#sinceMs < limits.silenceMs) return;
    const silent = new Set(queues.filter(({ isSilent }) => isSilent).map(({ name }) => name));
    for (const { name, signAt } of queues) {
      if (silent.has(name) && !this.#silent.has(name)) logger.error({ queue: name, signAt }, 'a queue is silent: nobody does its jobs');
      if (!silent.has(name) && this.#silent.has(name)) logger.info({ queue: name }, 'a queue that was silent is served again');
    }
    this.#silent = silent;
  }
}
