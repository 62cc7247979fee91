import type { Logger } from '@app/platform';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';

export const WAKE_QUEUE = 'wake-ups';
/** A wake-up is only a poke; finished jobs are of no use to anybody. */
const KEEP_JOBS = 100;

interface WakeJob {
  readonly origin: string;
}

/**
 * Timers of all lots in BullMQ: the replica that is free takes a wake-up. They hold nothing that PostgreSQL does not: after Redis
 * was lost or wiped, `rearm` pokes every open lot, and each arms its own next wake-up again.
 */
export class WakeUps {
  readonly #queue: Queue<WakeJob>;
  readonly #worker: Worker<WakeJob>;
  /** BullMQ closes only connections that it opened itself. */
  readonly #connections: readonly Redis[];

  constructor(
    connect: (options: { blocking: boolean }) => Redis,
    poke: (origin: string) => void,
    rearm: () => void,
    private readonly logger: Logger,
  ) {
    const commands = connect({ blocking: false });
    const blocking = connect({ blocking: true });
    this.#connections = [commands, blocking];
    commands.on('ready', rearm);
    this.#queue = new Queue(WAKE_QUEUE, {
      connection: commands,
      defaultJobOptions: { removeOnComplete: KEEP_JOBS, removeOnFail: KEEP_JOBS },
    });
    this.#worker = new Worker<WakeJob>(
      WAKE_QUEUE,
      (job) => {
        poke(job.data.origin);
        return Promise.resolve();
      },
      { connection: blocking },
    );
    const quietly = (error: Error): void => {
      this.logger.debug({ err: error }, 'a wake-up can not be handled while Redis is away');
    };
    this.#queue.on('error', quietly);
    this.#worker.on('error', quietly);
  }

  /** Arms a wake-up; arming the same again changes nothing. */
  arm(origin: string, at: string, now: number): void {
    const options = { jobId: `${origin}@${at}`.replaceAll(':', '-'), delay: Math.max(0, Date.parse(at) - now) };
    this.#queue.add('wake', { origin }, options).catch((error: unknown) => {
      this.logger.debug({ err: error, origin }, 'a wake-up was not armed; it is when Redis is back');
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#worker.close(true), this.#queue.close()]);
    for (const connection of this.#connections) connection.disconnect();
  }
}
