import type { LandedFile, Segment } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../core/tokens.js';

/** A landing as its entry in the lot's log names it. */
export type LandingRow = Omit<LandedFile, 'isHere'>;

interface StoredLanding {
  readonly seq: number;
  readonly at: string;
  readonly venue: string;
  readonly index: number;
  readonly hash: string;
  readonly received_from: string;
  readonly received_to: string;
  readonly segments: number;
  readonly gaps: number;
  readonly bytes: string;
  readonly is_here: boolean;
}

/** What is recorded of the lots, and which of its files are here. */
@Injectable()
export class RecordingsRepository {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** How many landings of the lot are known, and the number of the entry behind the last. */
  async known(origin: string): Promise<{ readonly count: number; readonly next: number }> {
    const { rows } = await this.pool.query<{ count: number; next: number }>(
      'SELECT count(*)::int AS count, coalesce(max(seq) + 1, 0)::int AS next FROM recorded_landing WHERE origin = $1',
      [origin],
    );
    return rows[0] ?? { count: 0, next: 0 };
  }

  async addLandings(origin: string, landings: readonly LandingRow[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO recorded_landing (origin, seq, at, venue, index, hash, received_from, received_to, segments, gaps, bytes)
       SELECT $1, * FROM jsonb_to_recordset($2::jsonb) AS landing (seq int, at text, venue text, index int, landing text, "from" text, "to" text,
         segments int, gaps int, bytes bigint)
       ON CONFLICT (origin, seq) DO NOTHING`,
      [origin, JSON.stringify(landings)],
    );
  }

  /** From entry `from` on, in order. */
  async landings(origin: string, from: number, limit: number): Promise<LandedFile[]> {
    const { rows } = await this.pool.query<StoredLanding>(
      'SELECT * FROM recorded_landing WHERE origin = $1 AND seq >= $2 ORDER BY seq LIMIT $3',
      [origin, from, limit],
    );
    return rows.map(landedFile);
  }

  /** Null when the lot's log names no such landing. */
  async landing(origin: string, hash: string): Promise<LandedFile | null> {
    const { rows } = await this.pool.query<StoredLanding>('SELECT * FROM recorded_landing WHERE origin = $1 AND hash = $2', [origin, hash]);
    return rows[0] === undefined ? null : landedFile(rows[0]);
  }

  /** The landing's file is here, and names these segments. */
  async landingCame(origin: string, venue: string, hash: string, segments: readonly Segment[]): Promise<void> {
    await this.pool.query(
      `WITH landing AS (UPDATE recorded_landing SET is_here = true WHERE origin = $1 AND hash = $2)
       INSERT INTO recorded_segment (origin, hash, venue, bytes) SELECT $1, content, $3, bytes FROM unnest($4::text[], $5::int[]) AS segment (content, bytes)
       ON CONFLICT (origin, hash) DO NOTHING`,
      [origin, hash, venue, segments.map(({ content }) => content), segments.map(({ bytes }) => bytes)],
    );
  }

  /** Null when no landing that is here names such a segment. */
  async segment(
    origin: string,
    hash: string,
  ): Promise<{ readonly venue: string; readonly bytes: number; readonly isHere: boolean } | null> {
    const { rows } = await this.pool.query<{ venue: string; bytes: number; is_here: boolean }>(
      'SELECT venue, bytes, is_here FROM recorded_segment WHERE origin = $1 AND hash = $2',
      [origin, hash],
    );
    const [row] = rows;
    return row === undefined ? null : { venue: row.venue, bytes: row.bytes, isHere: row.is_here };
  }

  /** Those of these segments that are not here. */
  async missing(origin: string, hashes: readonly string[]): Promise<string[]> {
    const { rows } = await this.pool.query<{ hash: string }>(
      'SELECT hash FROM recorded_segment WHERE origin = $1 AND hash = ANY ($2) AND NOT is_here',
      [origin, hashes],
    );
    const missing = new Set(rows.map(({ hash }) => hash));
    return hashes.filter((hash) => missing.has(hash));
  }

  async segmentCame(origin: string, hash: string): Promise<void> {
    await this.pool.query('UPDATE recorded_segment SET is_here = true WHERE origin = $1 AND hash = $2', [origin, hash]);
  }
}

const landedFile = ({
  seq,
  at,
  venue,
  index,
  hash,
  received_from,
  received_to,
  segments,
  gaps,
  bytes,
  is_here,
}: StoredLanding): LandedFile => ({
  seq,
  at,
  venue,
  index,
  landing: hash,
  from: received_from,
  to: received_to,
  segments,
  gaps,
  bytes: Number(bytes),
  isHere: is_here,
});
