import type { Answer, OutboxLink } from '@app/contracts';
import { fromUtf8, utf8, zAnswer } from '@app/contracts';
import { invariant } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { CHAIN_START, chainFault } from './chain.js';

/** A command to be written: its text is what the link's hash covers. */
export interface NewRecord {
  readonly link: OutboxLink;
  readonly hash: string;
  readonly id: string;
  readonly actor: string;
  readonly text: string;
}

/** What delivery needs to know of a waiting command; its text is read when its turn comes. */
export interface WaitingRecord {
  readonly index: number;
  readonly id: string;
  readonly actor: string;
  readonly sizeBytes: number;
}
export interface StoredRecord extends NewRecord {
  readonly answer: Answer | null;
}

interface Row {
  readonly index: string;
  readonly prev: string;
  readonly hash: string;
  readonly id: string;
  readonly actor: string;
  readonly command_hash: string;
  readonly command: Buffer;
  readonly received_at: string;
  readonly answer: Buffer | null;
}

const COLUMNS = 'index, prev, hash, id, actor, command_hash, command, received_at, answer';
const about = (index: number): string => `outbox/${String(index)}`;
const aboutAnswer = (index: number): string => `outbox/${String(index)}/answer`;

/** The outbox on disk: links in the open, commands and answers as ciphertext of the site's storage key. */
@Injectable()
export class OutboxRepository {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
  ) {}

  /** Newest link, or the chain's start. */
  async head(): Promise<{ index: number; hash: string }> {
    const { rows } = await this.pool.query<{ index: string; hash: string }>(
      'SELECT index, hash FROM outbox_record ORDER BY index DESC LIMIT 1',
    );
    const row = rows[0];
    return row === undefined ? { index: -1, hash: CHAIN_START } : { index: Number(row.index), hash: row.hash };
  }

  /** Walks the whole chain. Answers why it is broken, or null. */
  async fault(): Promise<string | null> {
    const step = 5_000;
    let prev = { index: -1, hash: CHAIN_START };
    for (;;) {
      const { rows } = await this.pool.query<Omit<Row, 'command' | 'answer' | 'id' | 'actor'>>(
        'SELECT index, prev, hash, command_hash, received_at FROM outbox_record WHERE index > $1 ORDER BY index LIMIT $2',
        [prev.index, step],
      );
      const records = rows.map((row) => ({ link: linkOf(row), hash: row.hash }));
      const fault = chainFault(records, prev, (bytes) => this.crypto.hashHex(bytes));
      const last = records.at(-1);
      if (fault !== null || last === undefined) return fault;
      prev = { index: last.link.index, hash: last.hash };
    }
  }

  /** One statement, so that a batch is written whole or not at all. */
  async append(records: readonly NewRecord[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO outbox_record (index, prev, hash, id, actor, command_hash, command, received_at)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::text[])`,
      [
        records.map((record) => record.link.index),
        records.map((record) => record.link.prev),
        records.map((record) => record.hash),
        records.map((record) => record.id),
        records.map((record) => record.actor),
        records.map((record) => record.link.command),
        records.map((record) => Buffer.from(this.crypto.seal(utf8(record.text), about(record.link.index)))),
        records.map((record) => record.link.receivedAt),
      ],
    );
  }

  /** Everything without an answer, in order. */
  async waiting(): Promise<WaitingRecord[]> {
    const { rows } = await this.pool.query<{ index: string; id: string; actor: string; size: number }>(
      'SELECT index, id, actor, length(command) AS size FROM outbox_record WHERE answer IS NULL ORDER BY index',
    );
    return rows.map((row) => ({ index: Number(row.index), id: row.id, actor: row.actor, sizeBytes: row.size }));
  }

  async read(indexes: readonly number[]): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM outbox_record WHERE index = ANY($1::bigint[]) ORDER BY index`, [
      indexes,
    ]);
    return rows.map((row) => this.#stored(row));
  }

  /** Commands that were kept, by their ids, in order of index. */
  async find(ids: readonly string[]): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM outbox_record WHERE id = ANY($1::uuid[]) ORDER BY index`, [ids]);
    return rows.map((row) => this.#stored(row));
  }

  /** Keeps final answers, each only beside the command that it answers; the first one stands. */
  async answer(answers: readonly { readonly index: number; readonly answer: Answer }[], at: string): Promise<void> {
    await this.pool.query(
      `UPDATE outbox_record SET answer = given.answer, answered_at = $3
       FROM unnest($1::bigint[], $2::bytea[], $4::uuid[]) AS given(index, answer, id)
       WHERE outbox_record.index = given.index AND outbox_record.id = given.id AND outbox_record.answer IS NULL`,
      [
        answers.map(({ index }) => index),
        answers.map(({ index, answer }) => Buffer.from(this.crypto.seal(utf8(JSON.stringify(answer)), aboutAnswer(index)))),
        at,
        answers.map(({ answer }) => answer.outcome.id),
      ],
    );
  }

  #stored(row: Row): StoredRecord {
    const link = linkOf(row);
    const text = fromUtf8(this.crypto.open(row.command, about(link.index)));
    // Pair of the check at writing: what was read back is what the link covers.
    invariant(this.crypto.hashHex(utf8(text)) === link.command, `command of outbox link ${String(link.index)} fits its link`);
    const answer = row.answer === null ? null : zAnswer.parse(JSON.parse(fromUtf8(this.crypto.open(row.answer, aboutAnswer(link.index)))));
    return { link, hash: row.hash, id: row.id, actor: row.actor, text, answer };
  }
}

const linkOf = (row: Pick<Row, 'index' | 'prev' | 'command_hash' | 'received_at'>): OutboxLink => ({
  v: 1,
  index: Number(row.index),
  prev: row.prev,
  command: row.command_hash,
  receivedAt: row.received_at,
});
