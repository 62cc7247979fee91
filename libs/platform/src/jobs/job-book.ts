import type { JobPage, JobQuery, JobView, QueueView } from '@app/contracts';
import { JOBS, zJobProgress } from '@app/contracts';
import type { Pool } from 'pg';
import { v5 } from 'uuid';
import { z } from 'zod';
import type { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { invariant } from '../errors/invariant.js';
import type { JobMap, JobTx } from './jobs.types.js';

/** Channel on which a commit tells that it holds new jobs. */
export const JOB_CHANNEL = 'job_wanted';
const KEY_LENGTH_MAX = 500;
/** Namespace of the jobs' identifiers (RFC 9562 §5.5); never changed, else a job wanted again would be another one. */
const JOB_NAMESPACE = '6f0b8d1e-5a57-4c0e-9d6a-2f6f3c1b7a11';

const INSERT = `INSERT INTO job (id, name, key, payload, run_at, wanted_at)`;
/** `DO NOTHING`: whoever wants the same again gets the job that stands there, waiting, done or dead. */
const ON_CONFLICT = 'ON CONFLICT DO NOTHING';

/** Why a job was given up. */
export interface JobFailure {
  readonly code: string | null;
  readonly message: string | null;
}
const zDead = z.object({ key: z.string(), code: z.string().nullable(), message: z.string().nullable() });

export interface WantOptions {
  /** Not before this instant; at once without it. */
  readonly runAt?: string;
}

/** Id, name, key, payload as JSON, earliest instant, instant at which it was wanted. */
export type JobRow = readonly [id: string, name: string, key: string, payload: string, runAt: string, wantedAt: string];

interface JobRecord {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly state: JobView['state'];
  readonly attempts: number;
  readonly wanted_at: Date;
  readonly run_at: Date;
  readonly done_at: Date | null;
  readonly last_code: string | null;
  readonly last_error: string | null;
  readonly progress: unknown;
}

const COLUMNS = 'id, name, key, state, attempts, wanted_at, run_at, done_at, last_code, last_error, progress';

/** A job's identifier follows from its name and key: wanting the same twice is one row, and one job in Redis. */
export const jobId = (name: string, key: string): string => v5(`${name}\n${key}`, JOB_NAMESPACE);

/**
 * The jobs as rows: where work is wanted and where it is looked at. A job belongs to the transaction that wants it; it is handed to
 * the queues after the commit, by nobody's call: the commit itself tells (`NOTIFY`).
 */
export class JobBook<M extends JobMap = typeof JOBS> {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #jobs: JobMap;
  readonly #silenceMs: number;

  constructor(options: { readonly pool: Pool; readonly clock: Clock; readonly silenceMs: number; readonly jobs?: M }) {
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#silenceMs = options.silenceMs;
    this.#jobs = options.jobs ?? JOBS;
  }

  /**
   * Wants a job in the caller's transaction and answers its id. `key` says what it is about: the same name and key are the same
   * job, as long as its row is kept, and whatever was wanted first stands. Throws when the payload does not fit its schema, which
   * is a mistake of the caller.
   */
  async want<N extends keyof M & string>(
    tx: JobTx,
    name: N,
    key: string,
    payload: z.input<M[N]>,
    options: WantOptions = {},
  ): Promise<string> {
    const row = this.row(name, key, payload, options);
    await this.wantRow(tx, row);
    return row[0];
  }

  /** Wants a job whose row was made by {@link row}. */
  async wantRow(tx: JobTx, row: JobRow): Promise<void> {
    await tx.query(`${INSERT} VALUES ($1, $2, $3, $4, $5, $6) ${ON_CONFLICT}`, [...row]);
  }

  /** The columns of a wanted job, for a writer that puts many rows into one statement ({@link JOB_EXTENSION}). */
  row<N extends keyof M & string>(name: N, key: string, payload: z.input<M[N]>, { runAt }: WantOptions = {}): JobRow {
    const schema = this.#jobs[name];
    invariant(schema, `there is no job ${name}`);
    invariant(key.length > 0 && key.length <= KEY_LENGTH_MAX, `the key of a job has 1 to ${KEY_LENGTH_MAX} characters`);
    const now = this.#clock.instant();
    return [jobId(name, key), name, key, JSON.stringify(schema.parse(payload)), runAt ?? now, now];
  }

  /** The job, or null. */
  async find(id: string): Promise<JobView | null> {
    const { rows } = await this.#pool.query<JobRecord>(`SELECT ${COLUMNS} FROM job WHERE id = $1`, [id]);
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  /** A page of jobs, newest first, and how the queues stand. */
  async page({ state, name, before, limit }: JobQuery): Promise<JobPage> {
    const [at, id] = readCursor(before);
    const { rows } = await this.#pool.query<JobRecord>(
      `SELECT ${COLUMNS} FROM job
       WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR name = $2)
         AND ($3::timestamptz IS NULL OR (wanted_at, id) < ($3, $4))
       ORDER BY wanted_at DESC, id DESC LIMIT $5`,
      [state ?? null, name ?? null, at, id, limit + 1],
    );
    const jobs = rows.slice(0, limit).map(viewOf);
    const last = jobs.at(-1);
    const next = rows.length > limit && last !== undefined ? `${last.wantedAt}/${last.id}` : null;
    return { queues: await this.queues(), jobs, next };
  }

  /** Every queue: what waits, runs and is dead, and when its workers last gave a sign. */
  async queues(): Promise<QueueView[]> {
    const { rows } = await this.#pool.query<{ name: string; waiting: string; running: string; dead: string; at: Date | null }>(
      `SELECT n.name, count(j.id) FILTER (WHERE j.state = 'WAITING') AS waiting, count(j.id) FILTER (WHERE j.state = 'RUNNING') AS running,
         count(j.id) FILTER (WHERE j.state = 'DEAD') AS dead, max(b.at) AS at
       FROM unnest($1::text[]) AS n(name)
       LEFT JOIN job j ON j.name = n.name AND j.state <> 'DONE'
       LEFT JOIN job_beat b ON b.queue = n.name
       GROUP BY n.name ORDER BY n.name`,
      [Object.keys(this.#jobs)],
    );
    const since = this.#clock.nowMs() - this.#silenceMs;
    return rows.map(({ name, waiting, running, dead, at }) => ({
      name,
      waiting: Number(waiting),
      running: Number(running),
      dead: Number(dead),
      signAt: at === null ? null : at.toISOString(),
      isSilent: at === null || at.getTime() < since,
    }));
  }

  /** Dead jobs of any name, also of names that this build does not know. */
  async dead(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: string }>(`SELECT count(*) FROM job WHERE state = 'DEAD'`);
    return Number(rows[0]?.count ?? 0);
  }

  /** Why the dead ones among the jobs of this name and these keys were given up, by key. */
  async deadAmong(tx: JobTx, name: keyof M & string, keys: readonly string[]): Promise<ReadonlyMap<string, JobFailure>> {
    const found = await tx.query(
      `SELECT key, last_code AS code, last_error AS message FROM job WHERE name = $1 AND key = ANY($2) AND state = 'DEAD'`,
      [name, keys],
    );
    return new Map(
      z
        .array(zDead)
        .parse(Array.isArray(found) ? found : (found as { rows: unknown }).rows)
        .map((row) => [row.key, row]),
    );
  }

  /** Lets a dead job begin again, with all its attempts. Throws NOT_FOUND, and WRONG_STATE for a job that is not dead. */
  async retry(id: string): Promise<JobView> {
    const { rows } = await this.#pool.query<JobRecord>(
      `WITH again AS (
         UPDATE job SET state = 'WAITING', attempts = 0, run_at = $2, handed_at = NULL WHERE id = $1 AND state = 'DEAD' RETURNING ${COLUMNS})
       SELECT again.*, pg_notify('${JOB_CHANNEL}', '') FROM again`,
      [id, this.#clock.instant()],
    );
    if (rows[0] !== undefined) return viewOf(rows[0]);
    const job = await this.find(id);
    if (job === null) throw new DomainError('NOT_FOUND', 'there is no such job');
    throw new DomainError('WRONG_STATE', `the job is ${job.state}: only a dead one can be tried again`);
  }
}

/** Writes wanted jobs beside other rows in one statement: columns as of {@link JobBook.row}, `source` a derived table of them. */
export const JOB_EXTENSION = {
  name: 'job',
  columns: ['uuid[]', 'text[]', 'text[]', 'text[]', 'timestamptz[]', 'timestamptz[]'],
  sql: (source: string): string => `${INSERT} SELECT c1, c2, c3, c4::jsonb, c5, c6 FROM ${source} ${ON_CONFLICT}`,
} as const;

function viewOf(row: JobRecord): JobView {
  const progress = zJobProgress.safeParse(row.progress);
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    state: row.state,
    attempts: row.attempts,
    wantedAt: row.wanted_at.toISOString(),
    runAt: row.run_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    code: row.last_code,
    error: row.last_error,
    progress: progress.success ? progress.data : null,
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/([0-9a-f-]{36})$/;
function readCursor(before: string | undefined): [string | null, string | null] {
  if (before === undefined) return [null, null];
  const match = CURSOR.exec(before);
  if (match?.[1] === undefined || match[2] === undefined) throw new DomainError('MALFORMED', 'before: not the `next` of a page');
  return [match[1], match[2]];
}
