import type { JobProgress } from '@app/contracts';
import type { Pool } from 'pg';
import type { z } from 'zod';
import type { Clock } from '../clock/clock.js';
import type { Logger } from '../logger/logger.js';

/** Names (`noun:verb`) and the schemas of what each job is told. */
export type JobMap = Readonly<Record<string, z.ZodType>>;

/** Whatever runs a statement inside a transaction: a client of `pg`, or TypeORM's entity manager. */
export interface JobTx {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** `undefined`: done. Else the job runs again after this time, which counts as no attempt: what it waits for has not come yet. */
export type JobEnd = undefined | { readonly againInMs: number };

/** What a processor has of its job besides the payload. */
export interface JobContext {
  readonly id: string;
  readonly key: string;
  /** 1 at the first start. */
  readonly attempt: number;
  /** How far an earlier run told it was; null when none told. */
  readonly reached: JobProgress | null;
  /** Aborted when the process ends, or when another worker has taken the job over: stop soon, nothing of it counts any more. */
  readonly signal: AbortSignal;
  /** Tells how far it is; written at most twice a second, and the last one always. Throws when the job was taken over. */
  progress(progress: JobProgress): Promise<void>;
  /**
   * Marks the job done in the processor's own transaction, so that the effect and the mark are one. The transaction fails when
   * the job was taken over meanwhile: then nothing of this run remains.
   */
  doneIn(tx: JobTx): Promise<void>;
}

export interface JobOptions {
  /** Jobs of this name at one time in one process. */
  readonly concurrency?: number;
  /** Failures until it is dead. */
  readonly attemptsMax?: number;
  /** Wait after the first failure; doubled with each, up to `backOffMsMax`. */
  readonly backOffFirstMs?: number;
  readonly backOffMsMax?: number;
  /** A worker that gives no sign for so long has lost its job to another one. */
  readonly leaseMs?: number;
}

export const DEFAULT_JOB_OPTIONS: Required<JobOptions> = {
  concurrency: 4,
  attemptsMax: 10,
  backOffFirstMs: 1_000,
  backOffMsMax: 300_000,
  leaseMs: 30_000,
};

export interface JobLimits {
  /** Beat of the hearts and of the search for jobs whose hand-over was lost. */
  readonly beatMs: number;
  /** A queue without a sign of life for so long is silent, and that is an alarm. */
  readonly silenceMs: number;
  /** What is due and was not begun after so long is handed over again. */
  readonly overdueMs: number;
  /** Until a job that met an outage (database, Redis, a busy pipeline) tries again; counts as no attempt. */
  readonly outageMs: number;
  /** Running jobs may take so long to end when the process ends. */
  readonly closeMs: number;
  /** How long a done job, and with it its key, is kept. */
  readonly keepDays: number;
}

export const DEFAULT_JOB_LIMITS: JobLimits = {
  beatMs: 5_000,
  silenceMs: 60_000,
  overdueMs: 15_000,
  outageMs: 5_000,
  closeMs: 5_000,
  keepDays: 90,
};

export interface JobsOptions {
  readonly pool: Pool;
  /** For the one connection that hears of new rows. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Shown in `pg_stat_activity` and in Redis's list of clients. */
  readonly processName: string;
  /** Beginning of every key in Redis; of its own for each installation. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<JobLimits>;
}

/** What `readyz` tells of the jobs. */
export interface JobHealth {
  readonly dead: number;
  readonly silent: readonly string[];
}

/** BullMQ uses the colon for itself. */
export const queueNameOf = (name: string): string => name.replaceAll(':', '-');
