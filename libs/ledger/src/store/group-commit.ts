import type { QueryConfig } from 'pg';
import type { Batch, BatchExtension, PartCipher } from './store.types.js';

/** Bytes on their way: one binary parameter for all of them, since an array of byte strings would travel as text twice their size. */
class Blob {
  readonly #chunks: Uint8Array[] = [];
  readonly offsets: number[] = [];
  readonly lengths: number[] = [];
  #size = 0;

  /** A row's bytes, put together from `chunks`; `length` is what is told of the row. */
  add(length: number, ...chunks: readonly Uint8Array[]): void {
    // SQL counts from 1.
    this.offsets.push(this.#size + 1);
    this.lengths.push(length);
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#size);
  }
}

/** One SQL parameter list that grows column by column. */
class Columns {
  readonly values: unknown[] = [];

  /** Adds one value and answers its place. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }

  /** Adds arrays and answers the derived table over them. */
  table(alias: string, types: readonly string[], columns: readonly (readonly unknown[])[]): string {
    const first = this.values.length;
    for (const [index, column] of columns.entries()) this.values.push(types[index] === 'int[]' ? `{${column.join(',')}}` : column);
    return unnest(alias, first, types);
  }
}

function unnest(alias: string, first: number, types: readonly string[]): string {
  const args = types.map((type, index) => `$${String(first + index + 1)}::${type}`).join(', ');
  const names = types.map((_type, index) => `c${String(index + 1)}`).join(', ');
  return `unnest(${args}) AS ${alias}(${names})`;
}

const HASH_SIZE = 32;
const NO_HASH = new Uint8Array(HASH_SIZE);

/**
 * Writes a batch as ONE data-modifying statement: one round trip, one flush, no BEGIN/COMMIT. The heads' sizes are the
 * fence: when a head is not where its writer left it, or anything else fails, nothing of the batch remains.
 */
export class GroupCommit {
  readonly #extensions: readonly BatchExtension[];
  readonly #cipher: PartCipher;

  constructor(cipher: PartCipher, extensions: readonly BatchExtension[] = []) {
    this.#cipher = cipher;
    this.#extensions = extensions;
  }

  /** Throws PostgreSQL's error: `40001` when the fence did not hold, `23505` when a command id was used before. */
  async write(database: { query(config: QueryConfig): Promise<unknown> }, batch: Batch): Promise<void> {
    await database.query(this.statement(batch));
  }

  /** The statement of a batch. Its name stands for the set of tables it touches, so PostgreSQL plans each set once. */
  statement(batch: Batch): QueryConfig {
    const columns = new Columns();
    const ctes: string[] = [];
    const used: string[] = [];
    const name = ['gc'];
    if (batch.logs.length > 0) {
      name.push('l');
      const ids = this.#appendLogs(batch, columns, ctes);
      used.push(`(SELECT count(*) FROM command_answer WHERE id = ANY (${ids}))`);
    }
    if (batch.answers !== undefined && batch.answers.length > 0) {
      name.push('a');
      const answers = batch.answers;
      const ids = `$${String(columns.values.length + 1)}::uuid[]`;
      const source = columns.table(
        's',
        ['uuid[]', 'bytea[]', 'text[]'],
        [answers.map((a) => a.id), answers.map((a) => a.request), answers.map((a) => a.outcome)],
      );
      used.push(`(SELECT count(*) FROM entry WHERE command_id = ANY (${ids}))`);
      ctes.push(`answers AS (INSERT INTO command_answer (id, request, outcome) SELECT c1, c2, c3 FROM ${source})`);
    }
    for (const extension of this.#extensions) {
      const rows = batch.extensions?.[extension.name];
      if (rows === undefined || rows.length === 0) continue;
      name.push(extension.name);
      const arrays = extension.columns.map((_type, index) => rows.map((row) => row[index]));
      ctes.push(`ext_${extension.name} AS (${extension.sql(columns.table('s', extension.columns, arrays))})`);
    }
    const guards = [
      ...(batch.logs.length > 0 ? ['fence((SELECT count(*) FROM heads), $1)'] : []),
      ...(used.length > 0 ? [`unused(${used.join(' + ')})`] : []),
    ];
    const result = `SELECT ${guards.length > 0 ? guards.join(', ') : '1'}`;
    return { name: name.join('-'), text: `WITH ${ctes.join(',\n')}\n${result}`, values: columns.values };
  }

  /** Answers the parameter that holds the command ids. */
  #appendLogs(batch: Batch, columns: Columns, ctes: string[]): string {
    columns.values.push(batch.logs.length);
    this.#moveHeads(batch, columns, ctes);
    const rows = { logs: [] as number[], seqs: [] as number[], ids: [] as (string | null)[], blob: new Blob() };
    const parts = { logs: [] as number[], seqs: [] as number[], names: [] as string[], plain: [] as Uint8Array[], blob: new Blob() };
    for (const { logId, entries } of batch.logs) {
      for (const { seq, header, leaf, commandId, request, parts: own } of entries) {
        const headerBytes = Buffer.from(header);
        rows.logs.push(logId);
        rows.seqs.push(seq);
        rows.ids.push(commandId);
        rows.blob.add(headerBytes.length, leaf, request ?? NO_HASH, headerBytes);
        for (const { name, plaintext, stored } of own) {
          parts.logs.push(logId);
          parts.seqs.push(seq);
          parts.names.push(name);
          parts.plain.push(stored === undefined || stored === plaintext.length ? plaintext : Buffer.concat([plaintext], stored));
        }
      }
    }
    for (const ciphertext of this.#cipher.seal(parts.plain)) parts.blob.add(ciphertext.length, ciphertext);
    const entryBytes = `${columns.value(rows.blob.bytes())}::bytea`;
    const ids = `$${String(columns.values.length + 3)}::uuid[]`;
    const entryTable = columns.table(
      'e',
      ['int[]', 'int[]', 'uuid[]', 'int[]', 'int[]'],
      [rows.logs, rows.seqs, rows.ids, rows.blob.offsets, rows.blob.lengths],
    );
    ctes.push(`entries AS (
      INSERT INTO entry (log_id, seq, header, leaf, command_id, request)
      SELECT c1, c2, substr(${entryBytes}, c4 + ${String(2 * HASH_SIZE)}, c5), substr(${entryBytes}, c4, ${String(HASH_SIZE)}), c3,
        CASE WHEN c3 IS NULL THEN NULL ELSE substr(${entryBytes}, c4 + ${String(HASH_SIZE)}, ${String(HASH_SIZE)}) END FROM ${entryTable})`);
    const partBytes = `${columns.value(parts.blob.bytes())}::bytea`;
    const partTable = columns.table(
      'p',
      ['int[]', 'int[]', 'text[]', 'int[]', 'int[]'],
      [parts.logs, parts.seqs, parts.names, parts.blob.offsets, parts.blob.lengths],
    );
    ctes.push(`parts AS (
      INSERT INTO entry_part (log_id, seq, name, ciphertext) SELECT c1, c2, c3, substr(${partBytes}, c4, c5) FROM ${partTable})`);
    return ids;
  }

  /** The fence: a head moves only from where its writer believes it to be. */
  #moveHeads(batch: Batch, columns: Columns, ctes: string[]): void {
    const frontiers = new Blob();
    for (const { frontier } of batch.logs) frontiers.add(frontier.length, frontier);
    const bytes = `${columns.value(frontiers.bytes())}::bytea`;
    const heads = columns.table(
      'h',
      ['int[]', 'int[]', 'int[]', 'timestamptz[]', 'int[]', 'int[]'],
      [
        batch.logs.map((log) => log.logId),
        batch.logs.map((log) => log.size),
        batch.logs.map((log) => log.size + log.entries.length),
        batch.logs.map((log) => log.at),
        frontiers.offsets,
        frontiers.lengths,
      ],
    );
    ctes.push(`heads AS (
      UPDATE log SET size = h.c3, frontier = substr(${bytes}, h.c5, h.c6), updated_at = h.c4 FROM ${heads}
      WHERE log.id = h.c1 AND log.size = h.c2 RETURNING 1)`);
  }
}
