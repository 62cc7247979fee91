import type { Clock } from '@app/platform';
import { DomainError, inTransaction } from '@app/platform';
import type { Pool, PoolClient } from 'pg';
import type { UploadLimits } from '../limits.js';
import type { UploadRecord, UploadState, UploadWish } from './upload.types.js';

interface Row {
  readonly id: string;
  readonly hash: string;
  readonly size: string;
  readonly person: string;
  readonly lot: string | null;
  readonly state: UploadState;
  readonly created_at: Date;
  readonly last_byte_at: Date;
}

const COLUMNS = 'id, hash, size, person, lot, state, created_at, last_byte_at';

/** `$1`: person, `$2`: where the window of the quota begins. */
export const QUOTA_OF_PERSON = `
  SELECT count(*) FILTER (WHERE state = 'open') AS open, coalesce(sum(size) FILTER (WHERE created_at >= $2), 0) AS bytes
  FROM upload WHERE person = $1 AND state <> 'refused'`;
/** `$1`: instant before which the last byte came, `$2`: how many. */
export const IDLE_UPLOADS = `SELECT id FROM upload WHERE state <> 'stored' AND last_byte_at < $1 ORDER BY last_byte_at LIMIT $2`;

/** The table `upload`: who sends what, and how it ended. The bytes themselves lie in files. */
export class UploadRepository {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a new upload if it is within the limits. Throws QUOTA_EXCEEDED. Uploads of one person, and of one lot, are admitted one after
   * the other, so that several at once do not pass a limit together.
   */
  async admit(id: string, wish: UploadWish, limits: UploadLimits): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      for (const key of [`upload:person:${wish.person}`, ...(wish.lot === null ? [] : [`upload:lot:${wish.lot}`])])
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
      await this.#checkPerson(client, wish, limits);
      if (wish.lot !== null) await this.#checkLot(client, wish, wish.lot, limits);
      await client.query(
        `INSERT INTO upload (id, hash, size, person, lot, state, created_at, last_byte_at) VALUES ($1, $2, $3, $4, $5, 'open', $6, $6)`,
        [id, wish.hash, wish.size, wish.person, wish.lot, this.clock.now()],
      );
    });
  }

  async find(id: string): Promise<UploadRecord | null> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM upload WHERE id = $1`, [id]);
    return rows[0] === undefined ? null : recordOf(rows[0]);
  }

  /** A person's uploads of this content, the newest first. */
  async ofPerson(person: string, hash: string): Promise<UploadRecord[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM upload WHERE person = $1 AND hash = $2 ORDER BY created_at DESC, id DESC LIMIT 20`,
      [person, hash],
    );
    return rows.map(recordOf);
  }

  async touch(id: string): Promise<void> {
    await this.pool.query('UPDATE upload SET last_byte_at = $2 WHERE id = $1', [id, this.clock.now()]);
  }

  async end(id: string, state: 'stored' | 'refused'): Promise<void> {
    await this.pool.query('UPDATE upload SET state = $2, last_byte_at = $3 WHERE id = $1', [id, state, this.clock.now()]);
  }

  async remove(id: string): Promise<void> {
    await this.pool.query('DELETE FROM upload WHERE id = $1', [id]);
  }

  /** Ids of unfinished or refused uploads whose last byte came before `limit`, the oldest first. */
  async idleSince(limit: Date, countMax: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(IDLE_UPLOADS, [limit, countMax]);
    return rows.map(({ id }) => id);
  }

  async #checkPerson(client: PoolClient, wish: UploadWish, limits: UploadLimits): Promise<void> {
    const since = new Date(this.clock.nowMs() - limits.UPLOAD_QUOTA_WINDOW_MS);
    const { rows } = await client.query<{ open: string; bytes: string }>(QUOTA_OF_PERSON, [wish.person, since]);
    if (Number(rows[0]?.open) >= limits.UPLOADS_OPEN_PER_PERSON_MAX) {
      throw quota(
        'UPLOADS_OPEN_PER_PERSON_MAX',
        limits.UPLOADS_OPEN_PER_PERSON_MAX,
        'You have too many unfinished uploads. Finish or end some.',
      );
    }
    if (Number(rows[0]?.bytes) + wish.size > limits.UPLOAD_BYTES_PER_PERSON_MAX)
      throw quota('UPLOAD_BYTES_PER_PERSON_MAX', limits.UPLOAD_BYTES_PER_PERSON_MAX, 'You have uploaded too much in the last days.');
  }

  async #checkLot(client: PoolClient, wish: UploadWish, lot: string, limits: UploadLimits): Promise<void> {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT coalesce(sum(size), 0) AS bytes FROM upload WHERE lot = $1 AND state <> 'refused'`,
      [lot],
    );
    if (Number(rows[0]?.bytes) + wish.size > limits.UPLOAD_BYTES_PER_LOT_MAX)
      throw quota(
        'UPLOAD_BYTES_PER_LOT_MAX',
        limits.UPLOAD_BYTES_PER_LOT_MAX,
        'The files of this lot take more room than is granted to it.',
      );
  }
}

const quota = (name: keyof UploadLimits, limit: number, sentence: string): DomainError =>
  new DomainError('QUOTA_EXCEEDED', `${sentence} (${name}: ${String(limit)})`, { details: { limit: name } });

const recordOf = (row: Row): UploadRecord => ({
  id: row.id,
  hash: row.hash,
  size: Number(row.size),
  person: row.person,
  lot: row.lot,
  state: row.state,
  createdAt: row.created_at.toISOString(),
  lastByteAt: row.last_byte_at.toISOString(),
});
