import type { Pool } from 'pg';
import type { EntryHeader, Opening } from '@app/contracts';
import { toBase64Url } from '@app/contracts';
import { parseHeader } from '../entry/header.js';
import type { KnownCommand, LogHead, PartCipher, SealedEntry } from './store.types.js';

const SALT_SIZE = 32;
/** Entries in one read; a caller pages on. */
export const READ_ENTRIES_MAX = 5_000;

interface HeadRow {
  id: number;
  origin: string;
  size: number;
  frontier: Buffer;
  updated_at: Date;
}

/** A part of an entry; of an entry without parts one row with neither name nor ciphertext. Header and leaf stand in its first row. */
interface PartRow {
  readonly seq: number;
  readonly header: string | null;
  readonly leaf: string | null;
  readonly name: string | null;
  readonly ciphertext: string | null;
}

const toHead = (row: HeadRow): LogHead => ({
  logId: row.id,
  origin: row.origin,
  size: row.size,
  frontier: row.frontier,
  at: row.updated_at.toISOString(),
});

/** An entry read back, its parts opened and an erased part missing. */
export interface OpenedEntry {
  readonly header: EntryHeader;
  readonly leaf: string;
  readonly parts: Readonly<Record<string, Opening>>;
}

/** Reads logs, and opens a new one. Writing entries is {@link GroupCommit}'s. The pool belongs to the caller. */
export class LogStore {
  constructor(
    private readonly pool: Pool,
    private readonly cipher: PartCipher,
    /** The installation's hash, as 64 hexadecimal digits. */
    private readonly hashHex: (bytes: Uint8Array) => string,
  ) {}

  /** Head of a log, or null. */
  async head(origin: string): Promise<LogHead | null> {
    const { rows } = await this.pool.query<HeadRow>({
      name: 'log-head',
      text: 'SELECT id, origin, size, frontier, updated_at FROM log WHERE origin = $1',
      values: [origin],
    });
    return rows[0] === undefined ? null : toHead(rows[0]);
  }

  /** Opens a log without entries; an existing one is answered as it is. */
  async open(origin: string, lot: string | null, round: number | null, frontier: Uint8Array, at: string): Promise<LogHead> {
    await this.pool.query(
      'INSERT INTO log (origin, lot, round, size, frontier, updated_at) VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (origin) DO NOTHING',
      [origin, lot, round, frontier, at],
    );
    const head = await this.head(origin);
    if (head === null) throw new Error(`log ${origin} could not be opened`);
    return head;
  }

  /** Every log, by origin. */
  async heads(): Promise<LogHead[]> {
    const { rows } = await this.pool.query<HeadRow>('SELECT id, origin, size, frontier, updated_at FROM log ORDER BY origin');
    return rows.map(toHead);
  }

  async size(origin: string): Promise<number> {
    return (await this.head(origin))?.size ?? 0;
  }

  /** Leaf hashes [from, to). Fewer when the log is shorter. */
  async leaves(origin: string, from: number, to: number): Promise<Uint8Array[]> {
    const { rows } = await this.pool.query<{ leaf: Buffer }>({
      name: 'log-leaves',
      text: `SELECT e.leaf FROM entry e JOIN log l ON l.id = e.log_id
             WHERE l.origin = $1 AND e.seq >= $2 AND e.seq < $3 ORDER BY e.seq`,
      values: [origin, from, to],
    });
    return rows.map((row) => row.leaf);
  }

  /** Entries [from, from + limit), in the clear. Throws when a part is not what its header commits to: moved or changed on disk. */
  async read(origin: string, from: number, limit: number): Promise<OpenedEntry[]> {
    const sealed = await this.readSealed(origin, from, limit);
    return sealed.map((entry) => this.openEntry(origin, entry));
  }

  /** Opens one sealed entry. */
  openEntry(origin: string, entry: SealedEntry): OpenedEntry {
    const header = parseHeader(entry.header);
    const opened = this.cipher.open(entry.parts.map((part) => part.ciphertext));
    const parts: Record<string, Opening> = {};
    for (const [index, { name }] of entry.parts.entries()) {
      const plaintext = opened[index] ?? new Uint8Array(0);
      if (header.parts[name] !== this.hashHex(plaintext)) {
        throw new Error(`${origin}: part ${name} of entry ${String(entry.seq)} is not what its header commits to`);
      }
      parts[name] = toOpening(plaintext);
    }
    return { header, leaf: entry.leaf, parts };
  }

  /** Entries [from, from + limit) as they lie on disk: what a mirror gets of parts that it may not read. */
  async readSealed(origin: string, from: number, limit: number): Promise<SealedEntry[]> {
    // One flat row for each part, its bytes as base64: as byte strings the driver takes 40 % longer, in arrays several times as long.
    const { rows } = await this.pool.query<PartRow>({
      name: 'log-read',
      text: `SELECT seq, CASE WHEN part = 1 THEN convert_from(header, 'UTF8') END AS header, CASE WHEN part = 1 THEN encode(leaf, 'hex') END AS leaf,
               name, encode(ciphertext, 'base64') AS ciphertext
             FROM (SELECT e.seq, e.header, e.leaf, p.name, p.ciphertext, row_number() OVER (PARTITION BY e.seq ORDER BY p.name) AS part
                   FROM log l JOIN entry e ON e.log_id = l.id LEFT JOIN entry_part p ON p.log_id = e.log_id AND p.seq = e.seq
                   WHERE l.origin = $1 AND e.seq >= $2 AND e.seq < $3) AS row
             ORDER BY seq, part`,
      values: [origin, from, from + Math.min(limit, READ_ENTRIES_MAX)],
    });
    const entries: { seq: number; header: string; leaf: string; parts: { name: string; ciphertext: Uint8Array }[] }[] = [];
    for (const { seq, header, leaf, name, ciphertext } of rows) {
      if (header !== null && leaf !== null) entries.push({ seq, header, leaf, parts: [] });
      if (name !== null && ciphertext !== null) entries.at(-1)?.parts.push({ name, ciphertext: Buffer.from(ciphertext, 'base64') });
    }
    return entries;
  }

  /** What became of these command ids; unknown ones are absent. */
  async known(ids: readonly string[]): Promise<Map<string, KnownCommand>> {
    const { rows } = await this.pool.query<{
      id: string;
      request: Buffer;
      outcome: string | null;
      origin: string | null;
      header: Buffer | null;
      leaf: Buffer | null;
    }>({
      name: 'known-commands',
      text: `SELECT e.command_id AS id, e.request, NULL AS outcome, l.origin, e.header, e.leaf
             FROM entry e JOIN log l ON l.id = e.log_id WHERE e.command_id = ANY ($1::uuid[])
             UNION ALL
             SELECT a.id, a.request, a.outcome, NULL, NULL, NULL FROM command_answer a WHERE a.id = ANY ($1::uuid[])`,
      values: [ids],
    });
    const found = new Map<string, KnownCommand>();
    for (const { id, request, outcome, origin, header, leaf } of rows) {
      if (outcome !== null) found.set(id, { kind: 'answer', id, request, outcome });
      else if (origin !== null && header !== null && leaf !== null) {
        found.set(id, {
          kind: 'entry',
          id,
          request,
          origin,
          header: parseHeader(header),
          leaf: leaf.toString('hex'),
        });
      }
    }
    return found;
  }
}

/** `salt ‖ text` as an opening. */
export function toOpening(plaintext: Uint8Array): Opening {
  return {
    salt: toBase64Url(plaintext.subarray(0, SALT_SIZE)),
    text: Buffer.from(plaintext.buffer, plaintext.byteOffset + SALT_SIZE, plaintext.byteLength - SALT_SIZE).toString('utf8'),
  };
}
