import type { Equivocation } from '@app/ledger';
import { parseEquivocation } from '@app/ledger';
import { inTransaction } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';

/** A head this witness cosigned. */
export interface StoredHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Signed note of the log, verbatim. */
  readonly note: string;
}

/** Two signed notes that do not go together. `proof` is null while only a suspicion. */
export interface StoredEvidence {
  readonly origin: string;
  readonly known: string;
  readonly other: string;
  readonly reason: string;
  readonly proof: Equivocation | null;
  readonly seenAt: string;
}

interface HeadRow {
  origin: string;
  size: string;
  root: Buffer;
  note: string;
}
const toHead = (row: HeadRow): StoredHead => ({ ...row, size: Number(row.size) });

/** Suspicions kept per log: each needs the log's own signature, so an honest log cannot be made to fill the disk beyond this. */
const SUSPICIONS_MAX = 200;
/** Logs and evidence in one answer. */
const WITNESS_PAGE_MAX = 1_000;

/** The witness's memory. The pool belongs to the site. */
@Injectable()
export class WitnessRepository {
  protected readonly suspicionsMax: number = SUSPICIONS_MAX;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * Runs `judge` with the latest head of a log, and when the first was stored (null: now is the first time), while nobody else can move it, and stores the head it returns. When this
   * resolves, that head is durable: only then may it be cosigned.
   */
  advance<T extends { readonly next: StoredHead | null }>(
    origin: string,
    seenAt: string,
    judge: (known: StoredHead | null, firstSeenAt: string | null) => T,
  ): Promise<T> {
    return inTransaction(this.pool, async (client) => {
      // Durable whatever the server's default is: a cosignature given before the disk has it could be given twice.
      await client.query('SET LOCAL synchronous_commit = on');
      // A log seen for the first time has no row to lock.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('witness/' || $1, 0))", [origin]);
      const known = await latest(client, origin);
      const judged = judge(known, known === null ? null : await firstSeenAt(client, origin));
      if (judged.next !== null) {
        await client.query('INSERT INTO witness_head (origin, size, root, note, seen_at) VALUES ($1, $2, $3, $4, $5)', [
          origin,
          judged.next.size,
          Buffer.from(judged.next.root),
          judged.next.note,
          seenAt,
        ]);
      }
      return judged;
    });
  }

  latest(origin: string): Promise<StoredHead | null> {
    return latest(this.pool, origin);
  }

  /** A head of exactly this size, when one was cosigned. */
  async at(origin: string, size: number): Promise<StoredHead | null> {
    const { rows } = await this.pool.query<HeadRow>('SELECT origin, size, root, note FROM witness_head WHERE origin = $1 AND size = $2', [
      origin,
      size,
    ]);
    return rows[0] === undefined ? null : toHead(rows[0]);
  }

  /** Logs by name after `after`, each with its latest size. */
  async logs(after: string): Promise<{ readonly origin: string; readonly size: number }[]> {
    const { rows } = await this.pool.query<{ origin: string; size: string }>(
      'SELECT origin, max(size) AS size FROM witness_head WHERE origin > $1 GROUP BY origin ORDER BY origin LIMIT $2',
      [after, WITNESS_PAGE_MAX],
    );
    return rows.map(({ origin, size }) => ({ origin, size: Number(size) }));
  }

  /** Keeps two notes that do not go together; the same pair in the same light only once. False when there is no more room. */
  async keepEvidence(evidence: StoredEvidence, digest: Uint8Array): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO witness_evidence (origin, known, other, reason, proof, digest, seen_at)
       SELECT $1, $2, $3, $4, $5::jsonb, $6, $7
       WHERE $5::jsonb IS NOT NULL OR (SELECT count(*) FROM witness_evidence WHERE origin = $1 AND proof IS NULL) < $8
       ON CONFLICT (digest) DO NOTHING`,
      [
        evidence.origin,
        evidence.known,
        evidence.other,
        evidence.reason,
        evidence.proof === null ? null : JSON.stringify(evidence.proof),
        Buffer.from(digest),
        evidence.seenAt,
        this.suspicionsMax,
      ],
    );
    return rowCount === 1;
  }

  /** What was kept of a log, or of all logs, proven pairs first. */
  async evidence(origin: string | null): Promise<StoredEvidence[]> {
    const { rows } = await this.pool.query<Omit<StoredEvidence, 'seenAt' | 'proof'> & { seen_at: Date; proof: unknown }>(
      `SELECT origin, known, other, reason, proof, seen_at FROM witness_evidence WHERE $1::text IS NULL OR origin = $1
       ORDER BY (proof IS NULL), id LIMIT $2`,
      [origin, WITNESS_PAGE_MAX],
    );
    return rows.map(({ seen_at, proof, ...row }) => ({
      ...row,
      proof: proof === null ? null : parseEquivocation(proof),
      seenAt: seen_at.toISOString(),
    }));
  }
}

async function latest(client: Pick<pg.ClientBase, 'query'>, origin: string): Promise<StoredHead | null> {
  const { rows } = await client.query<HeadRow>(
    'SELECT origin, size, root, note FROM witness_head WHERE origin = $1 ORDER BY size DESC LIMIT 1',
    [origin],
  );
  return rows[0] === undefined ? null : toHead(rows[0]);
}

async function firstSeenAt(client: pg.ClientBase, origin: string): Promise<string | null> {
  const { rows } = await client.query<{ seen_at: Date }>('SELECT seen_at FROM witness_head WHERE origin = $1 ORDER BY size LIMIT 1', [
    origin,
  ]);
  return rows[0]?.seen_at.toISOString() ?? null;
}
