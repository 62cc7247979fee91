import type { QueryConfig } from 'pg';
import type { Batch, BatchExtension, PartCipher } from './store.types.js';

/** Where a part stands: its ciphertext opens nowhere else. */
export const partPlace = (seq: number, name: string): string => `${String(seq)}/${name}`;

/** One SQL parameter list that grows column by column. */
class Columns {
  readonly values: unknown[] = [];

  /** Adds arrays and answers the derived table over them. */
  table(alias: string, types: readonly string[], columns: readonly (readonly unknown[])[]): string {
    const first = this.values.length;
    this.values.push(...columns);
    return unnest(alias, first, types);
  }
}

function unnest(alias: string, first: number, types: readonly string[]): string {
  const args = types.map((type, index) => `$${String(first + index + 1)}::${type}`).join(', ');
  const names = types.map((_type, index) => `c${String(index + 1)}`).join(', ');
  return `unnest(${args}) AS ${alias}(${names})`;
}

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
    const name = ['gc'];
    if (batch.logs.length > 0) {
      name.push('l');
      this.#appendLogs(batch, columns, ctes);
    }
    if (batch.answers !== undefined && batch.answers.length > 0) {
      name.push('a');
      const answers = batch.answers;
      const source = columns.table(
        's',
        ['uuid[]', 'bytea[]', 'text[]'],
        [answers.map((a) => a.id), answers.map((a) => a.request), answers.map((a) => a.outcome)],
      );
      ctes.push(`answers AS (INSERT INTO command_answer (id, request, outcome) SELECT c1, c2, c3 FROM ${source})`);
    }
    if (batch.outbox !== undefined && batch.outbox.length > 0) {
      name.push('o');
      const source = columns.table('s', ['text[]', 'text[]'], [batch.outbox.map((m) => m.topic), batch.outbox.map((m) => m.payload)]);
      ctes.push(`messages AS (INSERT INTO outbox (topic, payload) SELECT c1, c2 FROM ${source})`);
    }
    for (const extension of this.#extensions) {
      const rows = batch.extensions?.[extension.name];
      if (rows === undefined || rows.length === 0) continue;
      name.push(extension.name);
      const arrays = extension.columns.map((_type, index) => rows.map((row) => row[index]));
      ctes.push(`ext_${extension.name} AS (${extension.sql(columns.table('s', extension.columns, arrays))})`);
    }
    const result = batch.logs.length > 0 ? 'SELECT fence((SELECT count(*) FROM heads), $1)' : 'SELECT 1';
    return { name: name.join('-'), text: `WITH ${ctes.join(',\n')}\n${result}`, values: columns.values };
  }

  #appendLogs(batch: Batch, columns: Columns, ctes: string[]): void {
    columns.values.push(batch.logs.length);
    const heads = columns.table(
      'h',
      ['int[]', 'int[]', 'int[]', 'bytea[]', 'timestamptz[]'],
      [
        batch.logs.map((log) => log.logId),
        batch.logs.map((log) => log.size),
        batch.logs.map((log) => log.size + log.entries.length),
        batch.logs.map((log) => log.frontier),
        batch.logs.map((log) => log.at),
      ],
    );
    ctes.push(`heads AS (
      UPDATE log SET size = h.c3, frontier = h.c4, updated_at = h.c5 FROM ${heads} WHERE log.id = h.c1 AND log.size = h.c2 RETURNING 1)`);
    const entry: [number[], number[], Buffer[], Uint8Array[], (string | null)[], (Uint8Array | null)[]] = [[], [], [], [], [], []];
    const part: [number[], number[], string[], Uint8Array[]] = [[], [], [], []];
    for (const log of batch.logs) {
      for (const item of log.entries) {
        entry[0].push(log.logId);
        entry[1].push(item.seq);
        entry[2].push(Buffer.from(item.header));
        entry[3].push(item.leaf);
        entry[4].push(item.commandId);
        entry[5].push(item.request);
        for (const { name, plaintext } of item.parts) {
          part[0].push(log.logId);
          part[1].push(item.seq);
          part[2].push(name);
          part[3].push(this.#cipher.seal(log.origin, partPlace(item.seq, name), plaintext));
        }
      }
    }
    const entries = columns.table('e', ['int[]', 'int[]', 'bytea[]', 'bytea[]', 'uuid[]', 'bytea[]'], entry);
    ctes.push(`entries AS (
      INSERT INTO entry (log_id, seq, header, leaf, command_id, request) SELECT c1, c2, c3, c4, c5, c6 FROM ${entries})`);
    const parts = columns.table('p', ['int[]', 'int[]', 'text[]', 'bytea[]'], part);
    ctes.push(`parts AS (INSERT INTO entry_part (log_id, seq, name, ciphertext) SELECT c1, c2, c3, c4 FROM ${parts})`);
  }
}
