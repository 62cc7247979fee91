import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import type { SignedCheckpoint } from './log.types.js';

/** Where a log stands in the database: what its next checkpoint is made from. */
export interface StoredFrontier {
  readonly origin: string;
  readonly size: number;
  readonly frontier: Uint8Array;
}

/** What a log's next checkpoint is made from and what it continues, as one moment of the database has them. */
export interface LogStanding {
  readonly frontier: StoredFrontier;
  /** The newest checkpoint; null before the first. */
  readonly last: SignedCheckpoint | null;
}

interface CheckpointRow {
  origin: string;
  size: number;
  root: Buffer;
  note: string;
  signed_at: Date;
  quorum_at: Date | null;
  witnesses: string[];
  lines: string[];
}
const COLUMNS = `c.origin, c.size, c.root, c.note, c.signed_at, c.quorum_at,
  coalesce((SELECT array_agg(s.witness ORDER BY s.witness) FROM cosignature s WHERE s.origin = c.origin AND s.size = c.size), '{}') AS witnesses,
  coalesce((SELECT array_agg(s.line ORDER BY s.witness) FROM cosignature s WHERE s.origin = c.origin AND s.size = c.size), '{}') AS lines`;

const toCheckpoint = (row: CheckpointRow): SignedCheckpoint => ({
  origin: row.origin,
  size: row.size,
  root: row.root,
  note: row.note,
  signedAt: row.signed_at.toISOString(),
  cosignatures: new Map(row.witnesses.map((witness, index) => [witness, row.lines[index] ?? ''])),
  quorumAt: row.quorum_at?.toISOString() ?? null,
});

/** Checkpoints and cosignatures as kept. What every beat asks for every log is prepared. The pool belongs to the caller. */
@Injectable()
export class CheckpointRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Logs that have entries beyond their newest checkpoint. */
  async unsigned(): Promise<string[]> {
    const { rows } = await this.pool.query<{ origin: string }>(
      'SELECT origin FROM log l WHERE size > coalesce((SELECT max(c.size) FROM checkpoint c WHERE c.origin = l.origin), 0) ORDER BY origin',
    );
    return rows.map(({ origin }) => origin);
  }

  /** Logs whose newest checkpoint has no quorum yet. */
  async unwitnessed(): Promise<string[]> {
    const { rows } = await this.pool.query<{ origin: string }>(
      `SELECT DISTINCT ON (origin) origin, quorum_at FROM checkpoint ORDER BY origin, size DESC`,
    );
    return (rows as { origin: string; quorum_at: Date | null }[]).filter(({ quorum_at }) => quorum_at === null).map(({ origin }) => origin);
  }

  async frontier(origin: string): Promise<StoredFrontier | null> {
    const { rows } = await this.pool.query<{ origin: string; size: number; frontier: Buffer }>({
      name: 'log-frontier',
      text: 'SELECT origin, size, frontier FROM log WHERE origin = $1',
      values: [origin],
    });
    return rows[0] ?? null;
  }

  /** Null when there is no such log. */
  async standing(origin: string): Promise<LogStanding | null> {
    type Row = CheckpointRow & { log_size: number; frontier: Buffer; has_checkpoint: boolean };
    const { rows } = await this.pool.query<Row>({
      name: 'log-standing',
      text: `SELECT l.size AS log_size, l.frontier, c.size IS NOT NULL AS has_checkpoint, ${COLUMNS} FROM log l
             LEFT JOIN LATERAL (SELECT * FROM checkpoint k WHERE k.origin = l.origin ORDER BY k.size DESC LIMIT 1) c ON true
             WHERE l.origin = $1`,
      values: [origin],
    });
    const [row] = rows;
    if (row === undefined) return null;
    return { frontier: { origin, size: row.log_size, frontier: row.frontier }, last: row.has_checkpoint ? toCheckpoint(row) : null };
  }

  /** Sizes of all logs. */
  async sizes(): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ origin: string; size: number }>('SELECT origin, size FROM log');
    return new Map(rows.map(({ origin, size }) => [origin, size]));
  }

  /** Lots that screens do not list: healed, and the process ended before it had folded them. */
  async unlisted(): Promise<string[]> {
    const { rows } = await this.pool.query<{ origin: string }>(
      `SELECT origin FROM log l WHERE lot IS NOT NULL AND size > 0
       AND NOT EXISTS (SELECT 1 FROM lot_summary s WHERE s.log_id = l.id) ORDER BY origin`,
    );
    return rows.map(({ origin }) => origin);
  }

  newest(origin: string): Promise<SignedCheckpoint | null> {
    return this.#one('checkpoint-newest', 'WHERE c.origin = $1 ORDER BY c.size DESC LIMIT 1', [origin]);
  }

  /** The newest checkpoint that a quorum cosigned. */
  newestQuorum(origin: string): Promise<SignedCheckpoint | null> {
    return this.#one('checkpoint-newest-quorum', 'WHERE c.origin = $1 AND c.quorum_at IS NOT NULL ORDER BY c.size DESC LIMIT 1', [origin]);
  }

  /** Checkpoints that had a quorum, ascending by size: a lot's history for its archive. */
  async history(origin: string): Promise<SignedCheckpoint[]> {
    const { rows } = await this.pool.query<CheckpointRow>(
      `SELECT ${COLUMNS} FROM checkpoint c WHERE c.origin = $1 AND c.quorum_at IS NOT NULL ORDER BY c.size`,
      [origin],
    );
    return rows.map(toCheckpoint);
  }

  /** Stores a checkpoint; the one of this size that is there already stays. */
  async add(checkpoint: Pick<SignedCheckpoint, 'origin' | 'size' | 'root' | 'note' | 'signedAt'>): Promise<void> {
    const { origin, size, root, note, signedAt } = checkpoint;
    await this.pool.query({
      name: 'checkpoint-add',
      text: 'INSERT INTO checkpoint (origin, size, root, note, signed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (origin, size) DO NOTHING',
      values: [origin, size, Buffer.from(root), note, signedAt],
    });
  }

  async addCosignature(origin: string, size: number, witness: string, line: string, at: string): Promise<void> {
    await this.pool.query({
      name: 'cosignature-add',
      text: `INSERT INTO cosignature (origin, size, witness, line, received_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (origin, size, witness) DO NOTHING`,
      values: [origin, size, witness, line, at],
    });
  }

  async setQuorum(origin: string, size: number, at: string): Promise<void> {
    await this.pool.query({
      name: 'checkpoint-quorum',
      text: 'UPDATE checkpoint SET quorum_at = $3 WHERE origin = $1 AND size = $2 AND quorum_at IS NULL',
      values: [origin, size, at],
    });
  }

  /** Canonical headers [from, to), the leaves' contents. */
  async headers(origin: string, from: number, to: number): Promise<Uint8Array[]> {
    const { rows } = await this.pool.query<{ header: Buffer }>(
      'SELECT e.header FROM entry e JOIN log l ON l.id = e.log_id WHERE l.origin = $1 AND e.seq >= $2 AND e.seq < $3 ORDER BY e.seq',
      [origin, from, to],
    );
    return rows.map(({ header }) => header);
  }

  async #one(name: string, where: string, values: readonly unknown[]): Promise<SignedCheckpoint | null> {
    const { rows } = await this.pool.query<CheckpointRow>({
      name,
      text: `SELECT ${COLUMNS} FROM checkpoint c ${where}`,
      values: [...values],
    });
    return rows[0] === undefined ? null : toCheckpoint(rows[0]);
  }
}
