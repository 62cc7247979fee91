import type { JsonValue, RecordingGap, Segment, Track } from '@app/contracts';
import { canonicalText, parseCanonical, zRecordingGap, zSegment } from '@app/contracts';
import type { ChainEnd } from '@app/recording';
import { SEGMENT_KEY_BYTES } from '@app/recording';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';

/** Descriptions that wait for their landing. */
export interface Pieces {
  readonly ids: readonly string[];
  readonly segments: readonly Segment[];
  readonly gaps: readonly RecordingGap[];
}
/** A landing whose entry is not known yet. */
export interface PendingLanding {
  readonly origin: string;
  readonly index: number;
  readonly hash: string;
}
export interface OpenTrack {
  readonly origin: string;
  readonly track: Track;
  /** What is recorded, or known to be missing, ends here. */
  readonly until: string;
}

const about = (origin: string): string => `recording/${origin}`;

/** What the recorder of this site must not forget. */
@Injectable()
export class RecordingRepository {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
  ) {}

  /** Key of a lot's segments at this site; made when it is first asked for. */
  async key(origin: string): Promise<Uint8Array> {
    const fresh = this.crypto.seal(randomBytes(SEGMENT_KEY_BYTES), about(origin));
    await this.pool.query('INSERT INTO recording_key (origin, sealed) VALUES ($1, $2) ON CONFLICT (origin) DO NOTHING', [
      origin,
      Buffer.from(fresh),
    ]);
    const { rows } = await this.pool.query<{ sealed: Buffer }>('SELECT sealed FROM recording_key WHERE origin = $1', [origin]);
    const [row] = rows;
    if (row === undefined) throw new Error(`there is no recording key of ${origin}`);
    return this.crypto.open(row.sealed, about(origin));
  }

  /** Where the track's chain ends. */
  async trackEnd(origin: string, { party, source }: Track): Promise<ChainEnd> {
    const { rows } = await this.pool.query<{ last_index: number | null; last_hash: string | null }>(
      'SELECT last_index, last_hash FROM recording_track WHERE origin = $1 AND party = $2 AND source = $3',
      [origin, party, source],
    );
    const { last_index: index = null, last_hash: hash = null } = rows[0] ?? {};
    return index === null || hash === null ? null : { index, hash };
  }

  /** Until when the track is recorded, or known to be missing; null for a new one. */
  async until(origin: string, { party, source }: Track): Promise<string | null> {
    const { rows } = await this.pool.query<{ until: string }>(
      'SELECT until FROM recording_track WHERE origin = $1 AND party = $2 AND source = $3',
      [origin, party, source],
    );
    return rows[0]?.until ?? null;
  }

  /** The track is being recorded from now on. A clock that was set back takes nothing of what was back. */
  async open(origin: string, { party, source }: Track, at: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO recording_track AS track (origin, party, source, is_open, until) VALUES ($1, $2, $3, true, $4)
       ON CONFLICT (origin, party, source) DO UPDATE SET is_open = true, until = greatest(track.until, $4)`,
      [origin, party, source, at],
    );
  }

  async close(origin: string, { party, source }: Track, at: string): Promise<void> {
    await this.pool.query(
      'UPDATE recording_track SET is_open = false, until = greatest(until, $4) WHERE origin = $1 AND party = $2 AND source = $3',
      [origin, party, source, at],
    );
  }

  /** Tracks that were being recorded when the process ended. */
  async openTracks(): Promise<OpenTrack[]> {
    const { rows } = await this.pool.query<{ origin: string; party: string; source: Track['source']; until: string }>(
      'SELECT origin, party, source, until FROM recording_track WHERE is_open ORDER BY origin, party, source',
    );
    return rows.map(({ origin, party, source, until }) => ({ origin, track: { party, source }, until }));
  }

  /** In one statement: a description, and the end of its chain. */
  async addSegment(origin: string, segment: Segment, hash: string): Promise<void> {
    const { track, index, received } = segment;
    await this.pool.query(
      `WITH piece AS (INSERT INTO recording_piece (origin, is_gap, body) VALUES ($1, false, $2)),
         place AS (INSERT INTO recording_segment (origin, party, source, index, received_from, received_to) VALUES ($1, $3, $4, $5, $8, $7))
       UPDATE recording_track SET last_index = $5, last_hash = $6, until = greatest(until, $7) WHERE origin = $1 AND party = $3 AND source = $4`,
      [origin, canonicalText(segment), track.party, track.source, index, hash, received.to, received.from],
    );
  }

  /** Numbers of the track's segments that have a moment between two instants, in order; at most `limit`. */
  async segmentsBetween(origin: string, { party, source }: Track, from: string, to: string, limit: number): Promise<number[]> {
    const { rows } = await this.pool.query<{ index: number }>(
      `SELECT index FROM recording_segment
       WHERE origin = $1 AND party = $2 AND source = $3 AND received_from <= $5 AND received_to >= $4 ORDER BY index LIMIT $6`,
      [origin, party, source, from, to, limit],
    );
    return rows.map(({ index }) => index);
  }

  async addGap(origin: string, gap: RecordingGap): Promise<void> {
    await this.pool.query(
      `WITH piece AS (INSERT INTO recording_piece (origin, is_gap, body) VALUES ($1, true, $2))
       UPDATE recording_track SET until = greatest(until, $5) WHERE origin = $1 AND party = $3 AND source = $4`,
      [origin, canonicalText(gap), gap.track.party, gap.track.source, gap.to],
    );
  }

  /** Lots of which something waits to be landed. */
  async waiting(): Promise<string[]> {
    const { rows } = await this.pool.query<{ origin: string }>('SELECT DISTINCT origin FROM recording_piece ORDER BY origin');
    return rows.map(({ origin }) => origin);
  }

  async pieces(origin: string, limit: number, landing: number | null = null): Promise<Pieces> {
    const { rows } = await this.pool.query<{ id: string; is_gap: boolean; body: string }>(
      'SELECT id, is_gap, body FROM recording_piece WHERE origin = $1 AND landing IS NOT DISTINCT FROM $3 ORDER BY id LIMIT $2',
      [origin, limit, landing],
    );
    const read = (isGap: boolean): JsonValue[] => rows.filter((row) => row.is_gap === isGap).map(({ body }) => parseCanonical(body));
    return {
      ids: rows.map(({ id }) => id),
      segments: read(false).map((body) => zSegment.parse(body)),
      gaps: read(true).map((body) => zRecordingGap.parse(body)),
    };
  }

  /** The last landing, and whether its entry is known. */
  async lastLanding(origin: string): Promise<(PendingLanding & { readonly isLanded: boolean }) | null> {
    const { rows } = await this.pool.query<{ index: number; hash: string; is_landed: boolean }>(
      'SELECT index, hash, is_landed FROM recording_landing WHERE origin = $1 ORDER BY index DESC LIMIT 1',
      [origin],
    );
    const [row] = rows;
    return row === undefined ? null : { origin, index: row.index, hash: row.hash, isLanded: row.is_landed };
  }

  async landingHash(origin: string, index: number): Promise<string | null> {
    const { rows } = await this.pool.query<{ hash: string }>('SELECT hash FROM recording_landing WHERE origin = $1 AND index = $2', [
      origin,
      index,
    ]);
    return rows[0]?.hash ?? null;
  }

  async beginLanding({ origin, index, hash }: PendingLanding, ids: readonly string[]): Promise<void> {
    await this.pool.query(
      `WITH landing AS (INSERT INTO recording_landing (origin, index, hash) VALUES ($1, $2, $3))
       UPDATE recording_piece SET landing = $2 WHERE id = ANY ($4)`,
      [origin, index, hash, ids],
    );
  }

  async landed({ origin, index }: PendingLanding): Promise<void> {
    await this.pool.query(
      `WITH landing AS (UPDATE recording_landing SET is_landed = true WHERE origin = $1 AND index = $2)
       DELETE FROM recording_piece WHERE origin = $1 AND landing = $2`,
      [origin, index],
    );
  }

  /** The main venue takes no such landing: its pieces wait for the next. */
  async refused({ origin, index }: PendingLanding): Promise<void> {
    await this.pool.query(
      `WITH landing AS (DELETE FROM recording_landing WHERE origin = $1 AND index = $2)
       UPDATE recording_piece SET landing = NULL WHERE origin = $1 AND landing = $2`,
      [origin, index],
    );
  }

  /** The chain ends with this landing, as the log has it. Where only half of it is done the next landing is refused, and this is done again. */
  async follow({ origin, index, hash }: PendingLanding): Promise<void> {
    await this.pool.query('DELETE FROM recording_landing WHERE origin = $1 AND index >= $2', [origin, index]);
    await this.pool.query('INSERT INTO recording_landing (origin, index, hash, is_landed) VALUES ($1, $2, $3, true)', [
      origin,
      index,
      hash,
    ]);
  }

  /** Lots of which something that is landed has not been brought to the main venue whole. */
  async undelivered(): Promise<string[]> {
    const { rows } = await this.pool.query<{ origin: string }>(
      'SELECT DISTINCT origin FROM recording_landing WHERE is_landed AND NOT is_delivered ORDER BY origin',
    );
    return rows.map(({ origin }) => origin);
  }

  /** The first landing of the lot that has not; null when all have. */
  async nextUndelivered(origin: string): Promise<PendingLanding | null> {
    const { rows } = await this.pool.query<{ index: number; hash: string }>(
      'SELECT index, hash FROM recording_landing WHERE origin = $1 AND is_landed AND NOT is_delivered ORDER BY index LIMIT 1',
      [origin],
    );
    const [row] = rows;
    return row === undefined ? null : { origin, ...row };
  }

  async delivered({ origin, index }: PendingLanding): Promise<void> {
    await this.pool.query('UPDATE recording_landing SET is_delivered = true WHERE origin = $1 AND index = $2', [origin, index]);
  }
}
