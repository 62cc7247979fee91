import type { Page } from '@app/contracts';
import { concatBytes } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';

export interface ReplicaRow {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  /** Parties that the replica was fed for. */
  readonly viewers: string[];
  readonly checkpoint: string | null;
  readonly fault: string | null;
}

interface PageRow {
  readonly origin: string;
  readonly from_seq: string;
  readonly count: number;
  readonly headers_size: number;
  readonly sealed: Buffer;
  readonly hidden: Buffer;
}
const PAGE_COLUMNS = 'origin, from_seq, count, headers_size, sealed, hidden';

/**
 * Replicas on disk. Headers and the parts this site may read lie under its own storage key, page by page; the rest stays the
 * main venue's ciphertext, as it came. The table takes no UPDATE but for parts that were disclosed or erased.
 */
@Injectable()
export class ReplicaRepository {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
  ) {}

  async lots(): Promise<ReplicaRow[]> {
    const { rows } = await this.pool.query<ReplicaRow>(
      'SELECT origin, lot, round, viewers, checkpoint, fault FROM replica_lot ORDER BY origin',
    );
    return rows;
  }

  /** Adds a lot, or says anew for whom it is fed. */
  async putLot({ origin, lot, round, viewers }: Pick<ReplicaRow, 'origin' | 'lot' | 'round' | 'viewers'>): Promise<void> {
    await this.pool.query(
      `INSERT INTO replica_lot (origin, lot, round, viewers) VALUES ($1, $2, $3, $4)
       ON CONFLICT (origin) DO UPDATE SET viewers = excluded.viewers`,
      [origin, lot, round, viewers],
    );
  }

  async saveCheckpoint(origin: string, checkpoint: string): Promise<void> {
    await this.pool.query('UPDATE replica_lot SET checkpoint = $2 WHERE origin = $1', [origin, checkpoint]);
  }

  /** The first fault stands: it is evidence. */
  async saveFault(origin: string, fault: string): Promise<void> {
    await this.pool.query('UPDATE replica_lot SET fault = $2 WHERE origin = $1 AND fault IS NULL', [origin, fault]);
  }

  /** Byte strings go as parameters of their own: in an array the driver would write each of them out as text. */
  async append(page: Page): Promise<void> {
    await this.pool.query({
      name: 'replica-append',
      text: `INSERT INTO replica_page (${PAGE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)`,
      values: [page.origin, page.from, page.count, page.headers.length, this.#sealed(page), asBuffer(page.hidden)],
    });
  }

  /** Pages from the one that holds `from` on, as many as it takes for `entries` entries (at least one page, if there is one). */
  async read(origin: string, from: number, entries: number): Promise<Page[]> {
    const { rows } = await this.pool.query<PageRow>(
      `SELECT ${PAGE_COLUMNS} FROM replica_page
       WHERE origin = $1 AND from_seq < $2::bigint + $3::bigint
         AND from_seq >= coalesce((SELECT max(from_seq) FROM replica_page WHERE origin = $1 AND from_seq <= $2::bigint), $2::bigint)
       ORDER BY from_seq`,
      [origin, from, entries],
    );
    return rows.map((row) => this.#page(row));
  }

  /** Writes a page again after parts were opened or erased in it. */
  async rewrite(page: Page): Promise<void> {
    await this.pool.query('UPDATE replica_page SET sealed = $3, hidden = $4 WHERE origin = $1 AND from_seq = $2', [
      page.origin,
      page.from,
      this.#sealed(page),
      asBuffer(page.hidden),
    ]);
  }

  #sealed(page: Page): Buffer {
    return asBuffer(this.crypto.seal(concatBytes(page.headers, page.open), about(page.origin, page.from)));
  }

  #page(row: PageRow): Page {
    const from = Number(row.from_seq);
    const plain = this.crypto.open(row.sealed, about(row.origin, from));
    return {
      origin: row.origin,
      from,
      count: row.count,
      headers: plain.subarray(0, row.headers_size),
      open: plain.subarray(row.headers_size),
      hidden: row.hidden,
    };
  }
}

const about = (origin: string, from: number): string => `replica/${origin}/${String(from)}`;
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
