import type pg from 'pg';

/** An entry as it lies on the main venue's disk. */
export interface SealedEntry {
  readonly seq: number;
  readonly header: Uint8Array;
  readonly parts: readonly { readonly name: string; readonly ciphertext: Uint8Array }[];
}

/** Reads runs of sealed entries for the feeds. */
export abstract class SealedReader {
  /** Entries from `from` on, in order; at most `limit`, and no more once they have `bytesMax` bytes. Empty at the end. */
  abstract read(origin: string, from: number, limit: number, bytesMax: number): Promise<readonly SealedEntry[]>;
  abstract size(origin: string): Promise<number>;
}

interface PartRow {
  readonly seq: number;
  readonly header: Buffer | null;
  readonly name: string | null;
  readonly ciphertext: Buffer | null;
}

/** One flat row for each part: arrays of byte strings cost several times more to read. */
export class DatabaseSealedReader extends SealedReader {
  /** Runs that several sites ask for at the same time are read once. */
  readonly #reading = new Map<string, Promise<readonly SealedEntry[]>>();

  constructor(private readonly pool: pg.Pool) {
    super();
  }

  read(origin: string, from: number, limit: number, bytesMax: number): Promise<readonly SealedEntry[]> {
    const key = `${origin} ${String(from)} ${String(limit)}`;
    const running = this.#reading.get(key) ?? this.#read(origin, from, limit).finally(() => this.#reading.delete(key));
    this.#reading.set(key, running);
    return running.then((entries) => upTo(entries, bytesMax));
  }

  async size(origin: string): Promise<number> {
    const { rows } = await this.pool.query<{ size: number }>('SELECT size FROM log WHERE origin = $1', [origin]);
    return rows[0]?.size ?? 0;
  }

  async #read(origin: string, from: number, limit: number): Promise<readonly SealedEntry[]> {
    const { rows } = await this.pool.query<PartRow>({
      name: 'venue-feed',
      text: `SELECT e.seq, CASE WHEN row_number() OVER (PARTITION BY e.seq ORDER BY p.name) = 1 THEN e.header END AS header, p.name, p.ciphertext
             FROM log l JOIN entry e ON e.log_id = l.id LEFT JOIN entry_part p ON p.log_id = e.log_id AND p.seq = e.seq
             WHERE l.origin = $1 AND e.seq >= $2 AND e.seq < $3 ORDER BY e.seq, p.name`,
      values: [origin, from, from + limit],
    });
    const entries: { seq: number; header: Uint8Array; parts: { name: string; ciphertext: Uint8Array }[] }[] = [];
    for (const row of rows) {
      if (row.header !== null) entries.push({ seq: row.seq, header: row.header, parts: [] });
      if (row.name !== null && row.ciphertext !== null) entries.at(-1)?.parts.push({ name: row.name, ciphertext: row.ciphertext });
    }
    return entries;
  }
}

/** As many of the first entries as fit; one entry always goes. */
function upTo(entries: readonly SealedEntry[], bytesMax: number): readonly SealedEntry[] {
  let bytes = 0;
  const end = entries.findIndex(({ header, parts }) => {
    bytes += header.length + parts.reduce((sum, { ciphertext }) => sum + ciphertext.length + 60, 0);
    return bytes > bytesMax;
  });
  return end < 0 ? entries : entries.slice(0, Math.max(1, end));
}
