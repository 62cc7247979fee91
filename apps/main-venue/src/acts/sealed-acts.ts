import type { JsonValue } from '@app/contracts';
import { canonicalText, concatBytes, fromBase64Url, utf8 } from '@app/contracts';
import type { PartCipher } from '@app/ledger/store';
import { openOne, sealOne, toOpening } from '@app/ledger/store';
import type { CryptoProfile } from '@app/sealing';
import type { Opening } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS, PART_CIPHER, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';

/** Anything that runs SQL: a pool, a client, an entity manager. */
export interface Sql {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** An act as kept: what its commitment was made from. */
export interface KeptAct {
  readonly number: number;
  readonly id: string;
  readonly commitment: string;
  readonly opening: Opening;
  /** Place in the platform log; null until the next beat. */
  readonly place: { readonly seq: number; readonly index: number } | null;
}

interface Row {
  number: string;
  id: string;
  commitment: Buffer;
  ciphertext: Buffer;
  batch_seq: number | null;
  batch_index: number | null;
}

/**
 * What goes to the platform log as a commitment only (电子招标投标办法 21): acts before the deadline and changes of the registry.
 * Kept sealed until they may be opened.
 */
@Injectable()
export class SealedActs {
  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(PART_CIPHER) private readonly cipher: PartCipher,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'storage'>,
  ) {}

  /** Keeps an act; answers its commitment. Throws PostgreSQL's 23505 when the id was used. */
  async keepAct(sql: Sql, act: { id: string; origin: string; request: Uint8Array; content: JsonValue }): Promise<string> {
    return this.#keep(sql, act.id, act.request, this.#tag(act.origin), act.content);
  }

  /** Keeps a change of the registry under this id; answers its commitment. */
  async keepChange(sql: Sql, id: string, content: JsonValue): Promise<string> {
    const request = this.profile.hash(utf8(canonicalText(content)));
    return this.#keep(sql, id, request, null, content);
  }

  /** Acts of a lot after this number, in order of receipt. */
  async ofLot(sql: Sql, origin: string, after = 0): Promise<KeptAct[]> {
    const rows = await select(
      sql,
      'SELECT number, id, commitment, ciphertext, batch_seq, batch_index FROM platform_act WHERE lot_tag = $1 AND number > $2 ORDER BY number',
      [this.#tag(origin), after],
    );
    return rows.map((row) => this.#open(row));
  }

  /** Number of the database lock that stands for a lot; like its tag it does not say which one. */
  lockOf(origin: string): string {
    const tag = this.#tag(origin);
    return new DataView(tag.buffer, tag.byteOffset, tag.byteLength).getBigInt64(0).toString();
  }

  async byId(sql: Sql, id: string): Promise<(KeptAct & { request: Uint8Array }) | null> {
    const rows = await select(
      sql,
      'SELECT number, id, request, commitment, ciphertext, batch_seq, batch_index FROM platform_act WHERE id = $1',
      [id],
    );
    const row = rows[0];
    return row === undefined ? null : { ...this.#open(row), request: row.request ?? new Uint8Array(0) };
  }

  /** Where the platform log has these acts, by id; those that wait for the next batch are left out. */
  async placesOf(sql: Sql, ids: readonly string[]): Promise<Map<string, { seq: number; index: number }>> {
    const rows = await select(sql, 'SELECT id, batch_seq, batch_index FROM platform_act WHERE id = ANY($1) AND batch_seq IS NOT NULL', [
      ids,
    ]);
    return new Map(
      rows.flatMap(({ id, batch_seq: seq, batch_index: index }) => (seq === null || index === null ? [] : [[id, { seq, index }] as const])),
    );
  }

  async #keep(sql: Sql, id: string, request: Uint8Array, tag: Uint8Array | null, content: JsonValue): Promise<string> {
    const text = canonicalText(content);
    const salt = this.profile.newSalt();
    const commitment = this.profile.commitment(salt, text);
    const sealed = sealOne(this.cipher, concatBytes(fromBase64Url(salt), utf8(text)));
    await sql.query('INSERT INTO platform_act (id, request, commitment, ciphertext, lot_tag) VALUES ($1, $2, $3, $4, $5)', [
      id,
      Buffer.from(request),
      Buffer.from(commitment, 'hex'),
      sealed,
      tag === null ? null : Buffer.from(tag),
    ]);
    return commitment;
  }

  /** Throws when the row's bytes are not what it committed to. */
  #open(row: Row): KeptAct {
    const commitment = row.commitment.toString('hex');
    const plaintext = openOne(this.cipher, row.ciphertext);
    if (this.profile.hashHex(plaintext) !== commitment) throw new Error(`act ${row.id} was changed on disk`);
    return {
      number: Number(row.number),
      id: row.id,
      commitment,
      opening: toOpening(plaintext),
      place: row.batch_seq === null || row.batch_index === null ? null : { seq: row.batch_seq, index: row.batch_index },
    };
  }

  #tag(origin: string): Uint8Array {
    return this.profile.mac(this.keys.storage, utf8(`gongping/act-lot/v1\n${origin}`));
  }
}

async function select(sql: Sql, text: string, values: unknown[]): Promise<(Row & { request?: Buffer })[]> {
  const result = await sql.query(text, values);
  // A pool answers a result, an entity manager the rows themselves.
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as (Row & { request?: Buffer })[];
}
