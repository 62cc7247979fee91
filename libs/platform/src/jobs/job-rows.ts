import type { ErrorCode, JobProgress } from '@app/contracts';
import type { Pool } from 'pg';
import type { Clock } from '../clock/clock.js';
import { Batcher } from './batcher.js';
import type { JobTx } from './jobs.types.js';

const BATCH_MAX = 500;
const ERROR_LENGTH_MAX = 2_000;
const HANDED_MAX = 1_000;
const SWEPT_MAX = 5_000;
const DELETED_MAX = 10_000;
const DAY_MS = 86_400_000;
/** Until a row that another transaction holds is looked at again. */
const LOCKED_MS = 20;

/** A job in a worker's hands. `claim` counts up with each taking: whoever holds an older one has lost it. */
export interface Claimed {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly payload: unknown;
  readonly progress: unknown;
  readonly attempt: number;
  readonly claim: number;
}

/** `gone`: done, dead or deleted, there is nothing to do. `busy`: another worker holds it until then, or somebody writes in its row. */
export type Taken =
  { readonly kind: 'taken'; readonly job: Claimed } | { readonly kind: 'busy'; readonly untilMs: number } | { readonly kind: 'gone' };

export interface WaitingRow {
  readonly id: string;
  readonly name: string;
  readonly runAtMs: number;
}

interface Failure {
  readonly code: ErrorCode;
  readonly error: string;
}

type Held = Pick<Claimed, 'id' | 'claim'>;

/** The statements of the workers and of the dispatcher on the table `job`. */
export class JobRows {
  readonly #claims: Batcher<{ id: string; leaseMs: number }, Claimed | null>;
  readonly #ends: Batcher<Held, boolean>;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {
    this.#claims = new Batcher(BATCH_MAX, (items) => this.#claimAll(items));
    this.#ends = new Batcher(BATCH_MAX, (items) => this.#endAll(items));
  }

  /** Takes a job that waits, or whose worker gave no sign for the length of its lease. */
  async claim(id: string, leaseMs: number): Promise<Taken> {
    const job = await this.#claims.add({ id, leaseMs });
    if (job !== null) return { kind: 'taken', job };
    const { rows } = await this.pool.query<{ lease_until: Date | null }>(
      `SELECT lease_until FROM job WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
      [id],
    );
    if (rows[0] === undefined) return { kind: 'gone' };
    // A row that waits was passed over because somebody else writes in it: the dispatcher notes that it was handed over.
    return { kind: 'busy', untilMs: rows[0].lease_until?.getTime() ?? this.clock.nowMs() + LOCKED_MS };
  }

  async #claimAll(items: readonly { id: string; leaseMs: number }[]): Promise<(Claimed | null)[]> {
    const now = this.clock.nowMs();
    // Rows are locked in one order, so that the batches of two processes cannot wait for each other.
    const { rows } = await this.pool.query<Claimed>({
      name: 'job-claim',
      text: `WITH free AS (
          SELECT j.id, w.lease FROM job j JOIN unnest($1::uuid[], $2::timestamptz[]) AS w(id, lease) ON w.id = j.id
          WHERE j.state = 'WAITING' OR (j.state = 'RUNNING' AND j.lease_until < $3) ORDER BY j.id FOR UPDATE OF j SKIP LOCKED)
        UPDATE job SET state = 'RUNNING', attempts = attempts + 1, claim = claim + 1, lease_until = free.lease FROM free
        WHERE job.id = free.id RETURNING job.id, name, key, payload, progress, attempts AS attempt, claim`,
      values: [items.map(({ id }) => id), items.map(({ leaseMs }) => new Date(now + leaseMs)), new Date(now)],
    });
    const taken = new Map(rows.map((row) => [row.id, row]));
    return items.map(({ id }) => {
      const job = taken.get(id) ?? null;
      taken.delete(id);
      return job;
    });
  }

  /** Done. False when another worker has taken the job over. */
  done({ id, claim }: Held): Promise<boolean> {
    return this.#ends.add({ id, claim });
  }

  async #endAll(items: readonly Held[]): Promise<boolean[]> {
    const { rows } = await this.pool.query<{ id: string }>({
      name: 'job-done',
      text: `WITH held AS (
          SELECT j.id FROM job j JOIN unnest($1::uuid[], $2::int[]) AS h(id, claim) ON h.id = j.id AND h.claim = j.claim
          WHERE j.state = 'RUNNING' ORDER BY j.id FOR UPDATE OF j)
        UPDATE job SET state = 'DONE', done_at = $3, lease_until = NULL, last_code = NULL, last_error = NULL FROM held
        WHERE job.id = held.id RETURNING job.id`,
      values: [items.map(({ id }) => id), items.map(({ claim }) => claim), this.clock.now()],
    });
    const ended = new Set(rows.map(({ id }) => id));
    return items.map(({ id }) => ended.has(id));
  }

  /** Done, in the processor's transaction, which fails when another worker has taken the job over. */
  async doneIn(tx: JobTx, { id, claim }: Held): Promise<void> {
    await tx.query('SELECT job_done($1, $2, $3)', [id, claim, this.clock.now()]);
  }

  /** Back to waiting until `runAtMs`. `isCounted`: this start was an attempt that failed. */
  async again({ id, claim }: Held, runAtMs: number, isCounted: boolean, failure: Failure | null): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE job SET state = 'WAITING', attempts = attempts - $3, run_at = $4, handed_at = $5, lease_until = NULL, last_code = $6, last_error = $7
       WHERE id = $1 AND claim = $2 AND state = 'RUNNING'`,
      [id, claim, isCounted ? 0 : 1, new Date(runAtMs), this.clock.now(), failure?.code ?? null, cut(failure)],
    );
    return rowCount === 1;
  }

  /** Given up: nobody tries again before somebody asks for it. */
  async bury({ id, claim }: Held, failure: Failure): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE job SET state = 'DEAD', lease_until = NULL, last_code = $3, last_error = $4 WHERE id = $1 AND claim = $2 AND state = 'RUNNING'`,
      [id, claim, failure.code, cut(failure)],
    );
    return rowCount === 1;
  }

  /** Gives a job of a name that this build does not know up. */
  async buryUnknown(id: string, failure: Failure): Promise<void> {
    await this.pool.query(
      `UPDATE job SET state = 'DEAD', lease_until = NULL, last_code = $2, last_error = $3 WHERE id = $1 AND state <> 'DONE'`,
      [id, failure.code, cut(failure)],
    );
  }

  /** Another lease for jobs that run; answers which of them are still held. */
  async renew(held: readonly (Held & { readonly leaseMs: number })[]): Promise<ReadonlySet<string>> {
    const now = this.clock.nowMs();
    const { rows } = await this.pool.query<{ id: string }>(
      `WITH held AS (
         SELECT j.id, h.lease FROM job j JOIN unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS h(id, claim, lease)
           ON h.id = j.id AND h.claim = j.claim WHERE j.state = 'RUNNING' ORDER BY j.id FOR UPDATE OF j)
       UPDATE job SET lease_until = held.lease FROM held WHERE job.id = held.id RETURNING job.id`,
      [held.map(({ id }) => id), held.map(({ claim }) => claim), held.map(({ leaseMs }) => new Date(now + leaseMs))],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async progress({ id, claim }: Held, progress: JobProgress): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE job SET progress = $3 WHERE id = $1 AND claim = $2 AND state IN ('RUNNING', 'DONE')`,
      [id, claim, JSON.stringify(progress)],
    );
    return rowCount === 1;
  }

  /** Rows that stand in no queue as far as we know, the earliest first. */
  async unhanded(): Promise<WaitingRow[]> {
    const { rows } = await this.pool.query<{ id: string; name: string; run_at: Date }>(
      `SELECT id, name, run_at FROM job WHERE handed_at IS NULL AND state IN ('WAITING', 'RUNNING') ORDER BY run_at LIMIT ${HANDED_MAX}`,
    );
    return rows.map(({ id, name, run_at: runAt }) => ({ id, name, runAtMs: runAt.getTime() }));
  }

  async handed(ids: readonly string[]): Promise<void> {
    await this.pool.query('UPDATE job SET handed_at = $2 WHERE id = ANY ($1::uuid[])', [ids, this.clock.now()]);
  }

  /** Notes that what should have begun by now, and what a lost worker held, may stand in no queue. */
  async sweep(overdueMs: number): Promise<number> {
    const now = this.clock.nowMs();
    const { rowCount } = await this.pool.query(
      `UPDATE job SET handed_at = NULL WHERE id IN (
         SELECT id FROM job WHERE (state = 'WAITING' AND run_at < $1 AND handed_at < $1) OR (state = 'RUNNING' AND lease_until < $2)
         LIMIT ${SWEPT_MAX} FOR UPDATE SKIP LOCKED)`,
      [new Date(now - overdueMs), new Date(now)],
    );
    return rowCount ?? 0;
  }

  /** Redis has lost what it held: nothing counts as handed over. */
  async forgetHandOver(): Promise<number> {
    const { rowCount } = await this.pool.query(`UPDATE job SET handed_at = NULL WHERE handed_at IS NOT NULL AND state = 'WAITING'`);
    return rowCount ?? 0;
  }

  /** Deletes done jobs that are older than `keepDays`, a bounded number at a time. */
  async deleteOld(keepDays: number): Promise<number> {
    const { rowCount } = await this.pool.query(
      `DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'DONE' AND done_at < $1 LIMIT ${DELETED_MAX})`,
      [new Date(this.clock.nowMs() - keepDays * DAY_MS)],
    );
    return rowCount ?? 0;
  }

  /** Writes down when the workers of these queues last gave a sign; another process may have heard a later one. */
  async noteSigns(signs: ReadonlyMap<string, number>): Promise<void> {
    await this.pool.query(
      `INSERT INTO job_beat (queue, at) SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS s(queue, at) ORDER BY queue
       ON CONFLICT (queue) DO UPDATE SET at = greatest(job_beat.at, excluded.at)`,
      [[...signs.keys()], [...signs.values()].map((ms) => new Date(ms))],
    );
  }
}

const cut = (failure: Failure | null): string | null => failure?.error.slice(0, ERROR_LENGTH_MAX) ?? null;
