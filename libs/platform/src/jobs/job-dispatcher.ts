import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { CancelTimer, Clock } from '../clock/clock.js';
import type { Logger } from '../logger/logger.js';
import type { JobRows, WaitingRow } from './job-rows.js';
import type { JobLimits } from './jobs.types.js';

const DELETE_EVERY_MS = 3_600_000;

export interface JobDispatcherDeps {
  readonly rows: JobRows;
  /** By job name. */
  readonly queues: ReadonlyMap<string, Queue>;
  readonly redis: Redis;
  readonly prefix: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: JobLimits;
}

/**
 * Hands rows to the queues after their commit, and again whatever a crash or a lost Redis may have kept from being handed over. The
 * same row can be handed over any number of times: its id is the queued job's id, and only one worker can take the row.
 */
export class JobDispatcher {
  #isRunning = false;
  #isWanted = false;
  #isClosed = false;
  #cancelBeat: CancelTimer | null = null;
  #deletedMs = -Infinity;

  constructor(private readonly deps: JobDispatcherDeps) {}

  start(): void {
    this.poke();
    this.#beatLater();
  }

  /** There may be something to hand over. Never throws. */
  poke(): void {
    this.#isWanted = true;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelBeat?.();
  }

  async #run(): Promise<void> {
    try {
      while (this.#isWanted && !this.#isClosed) {
        this.#isWanted = false;
        await this.#noticeLostRedis();
        let handed: number;
        do handed = await this.#handOver();
        while (handed > 0);
      }
    } catch (error) {
      if (!this.#isClosed) this.deps.logger.warn({ err: error }, 'jobs cannot be handed to their queues now; it is tried again');
    } finally {
      this.#isRunning = false;
    }
  }

  /** A Redis without our mark has lost what it held, or is a new one. */
  async #noticeLostRedis(): Promise<void> {
    const { redis, prefix, clock, rows, logger } = this.deps;
    const isNew = await redis.set(`${prefix}:since`, clock.instant(), 'NX');
    if (isNew === null) return;
    const count = await rows.forgetHandOver();
    if (count > 0) logger.warn({ jobs: count }, 'Redis has lost its queues: every waiting job is handed over again');
  }

  /** How many rows it was; 0 when there are none left, or no more are to be handed over. */
  async #handOver(): Promise<number> {
    if (this.#isClosed) return 0;
    const waiting = await this.deps.rows.unhanded();
    const now = this.deps.clock.nowMs();
    const byName = Map.groupBy(waiting, ({ name }) => name);
    for (const [name, rows] of byName) {
      const queue = this.deps.queues.get(name);
      if (queue === undefined) await this.#buryUnknown(name, rows);
      else
        await queue.addBulk(
          rows.map((row) => ({ name: 'run', data: null, opts: { jobId: row.id, delay: Math.max(0, row.runAtMs - now) } })),
        );
    }
    if (waiting.length > 0) await this.deps.rows.handed(waiting.map(({ id }) => id));
    return waiting.length;
  }

  async #buryUnknown(name: string, rows: readonly WaitingRow[]): Promise<void> {
    for (const { id } of rows) {
      await this.deps.rows.buryUnknown(id, { code: 'JOB_UNKNOWN', error: `this build has no job ${name}` });
      this.deps.logger.error({ job: id, name, code: 'JOB_UNKNOWN' }, 'a job is dead: somebody has to look');
    }
  }

  #beatLater(): void {
    this.#cancelBeat = this.deps.clock.after(this.deps.limits.beatMs, () => void this.#beat());
  }

  async #beat(): Promise<void> {
    const { rows, limits, clock, logger } = this.deps;
    try {
      await rows.sweep(limits.overdueMs);
      if (clock.nowMs() - this.#deletedMs >= DELETE_EVERY_MS) {
        this.#deletedMs = clock.nowMs();
        await rows.deleteOld(limits.keepDays);
      }
    } catch (error) {
      if (!this.#isClosed) logger.debug({ err: error }, 'overdue jobs cannot be looked for now; it is tried again');
    }
    if (this.#isClosed) return;
    this.poke();
    this.#beatLater();
  }
}
