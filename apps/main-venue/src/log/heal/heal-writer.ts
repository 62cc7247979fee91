import type { EntryHeader } from '@app/contracts';
import { canonicalBytes, equalBytes, fromUtf8, PART, zCommandPart } from '@app/contracts';
import { Frontier, parseHeader, TreeHasher } from '@app/ledger';
import type { PartCipher } from '@app/ledger/store';
import { openOne, sealOne } from '@app/ledger/store';
import { inTransaction } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type pg from 'pg';
import { Inject, Injectable } from '@nestjs/common';
import { PART_CIPHER, POOL, PROFILE } from '../../core/tokens.js';
import { nameOf } from '../../pipeline/log-name.js';
import type { Mirror, MirroredEntry } from './heal.types.js';

const SALT_SIZE = 32;
const PAGE_ENTRIES = 1_000;

/** What a log is healed up to: a head that witnesses cosigned. */
export interface HealTarget {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A mirror does not hold what was witnessed; nothing was written. */
class HealFault extends Error {
  constructor(reason: string) {
    super(`cannot heal: ${reason}`);
    this.name = 'HealFault';
  }
}

interface Row {
  readonly seq: number;
  readonly header: Uint8Array;
  readonly at: string;
  readonly leaf: Uint8Array;
  readonly commandId: string | null;
  readonly request: Uint8Array | null;
  readonly parts: readonly { readonly name: string; readonly ciphertext: Uint8Array }[];
}

/** Puts missing entries back, in one transaction that only commits under the witnessed root. */
@Injectable()
export class HealWriter {
  readonly #hasher: TreeHasher;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(PART_CIPHER) private readonly cipher: PartCipher,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {
    this.#hasher = new TreeHasher(profile.hash);
  }

  /** Answers how many entries were added. Throws {@link HealFault} when the mirror's entries do not lead to the target. */
  heal(target: HealTarget, mirror: Mirror, now: string): Promise<number> {
    return inTransaction(this.pool, (client) => this.#fill(client, target, mirror, now));
  }

  async #fill(client: pg.PoolClient, { origin, size, root }: HealTarget, mirror: Mirror, now: string): Promise<number> {
    const { lot, round } = nameOf(origin);
    await client.query(
      'INSERT INTO log (origin, lot, round, size, frontier, updated_at) VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (origin) DO NOTHING',
      [origin, lot, round, Buffer.from(new Frontier(this.#hasher).toBytes()), now],
    );
    const { rows } = await client.query<{ id: number; size: number; frontier: Buffer }>(
      'SELECT id, size, frontier FROM log WHERE origin = $1 FOR UPDATE',
      [origin],
    );
    const head = rows[0];
    if (head === undefined) throw new HealFault('the log could not be opened');
    const frontier = Frontier.fromBytes(this.#hasher, head.frontier);
    let at = now;
    while (frontier.size < size) {
      const fetched = await mirror.fetch(origin, frontier.size, Math.min(size, frontier.size + PAGE_ENTRIES));
      if (fetched.length === 0) throw new HealFault(`${mirror.name} ends at ${String(frontier.size)} of ${String(size)}`);
      const checked = fetched.map((entry, index) => this.#row(frontier.size + index, entry));
      for (const row of checked) frontier.append(row.leaf);
      await insert(client, head.id, checked);
      at = checked.at(-1)?.at ?? at;
    }
    if (!equalBytes(frontier.root(), root)) throw new HealFault(`${mirror.name} does not lead to the witnessed root`);
    await client.query('UPDATE log SET size = $2, frontier = $3, updated_at = $4 WHERE id = $1', [
      head.id,
      frontier.size,
      Buffer.from(frontier.toBytes()),
      at,
    ]);
    // What screens list from is behind now; a lot without its row is listed anew, also when this process ends here.
    await client.query('DELETE FROM lot_summary WHERE log_id = $1', [head.id]);
    return frontier.size - head.size;
  }

  /** One entry as it is stored: header in its place, every part what the header committed to. A part that is missing was erased. */
  #row(seq: number, entry: MirroredEntry): Row {
    const header = parseHeader(entry.header);
    if (header.seq !== seq) throw new HealFault(`entry ${String(header.seq)} came for ${String(seq)}`);
    const parts: { name: string; ciphertext: Uint8Array }[] = [];
    let command: Uint8Array | null = null;
    for (const { name, body, isOpen } of entry.parts) {
      const plain = isOpen ? body : openOne(this.cipher, body);
      if (this.profile.hashHex(plain) !== header.parts[name])
        throw new HealFault(`part ${name} of ${String(seq)} does not fit its commitment`);
      if (name === PART.command) command = plain;
      parts.push({ name, ciphertext: isOpen ? sealOne(this.cipher, plain) : body });
    }
    return { seq, header: entry.header, at: header.at, leaf: this.#hasher.leaf(entry.header), parts, ...this.#command(header, command) };
  }

  /** A repeated command must still be known for the same one. */
  #command(header: EntryHeader, plain: Uint8Array | null): { commandId: string | null; request: Uint8Array | null } {
    if (plain === null) return { commandId: null, request: null };
    const read = zCommandPart.safeParse(JSON.parse(fromUtf8(plain.subarray(SALT_SIZE))));
    if (!read.success) throw new HealFault(`the command of entry ${String(header.seq)} cannot be read`);
    const { command } = read.data;
    return { commandId: command.id, request: this.profile.hash(canonicalBytes({ ...command, actor: { ...command.actor } })) };
  }
}

async function insert(client: pg.PoolClient, logId: number, rows: readonly Row[]): Promise<void> {
  await client.query(
    `INSERT INTO entry (log_id, seq, header, leaf, command_id, request)
     SELECT $1, * FROM unnest($2::int[], $3::bytea[], $4::bytea[], $5::uuid[], $6::bytea[])`,
    [
      logId,
      rows.map(({ seq }) => seq),
      rows.map(({ header }) => Buffer.from(header)),
      rows.map(({ leaf }) => Buffer.from(leaf)),
      rows.map(({ commandId }) => commandId),
      rows.map(({ request }) => (request === null ? null : Buffer.from(request))),
    ],
  );
  const parts = rows.flatMap(({ seq, parts: list }) => list.map((part) => ({ seq, ...part })));
  await client.query(
    'INSERT INTO entry_part (log_id, seq, name, ciphertext) SELECT $1, * FROM unnest($2::int[], $3::text[], $4::bytea[])',
    [logId, parts.map(({ seq }) => seq), parts.map(({ name }) => name), parts.map(({ ciphertext }) => Buffer.from(ciphertext))],
  );
}
