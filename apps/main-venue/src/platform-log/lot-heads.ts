import { concatBytes, fromHex, toBase64Url, toHex, utf8 } from '@app/contracts';
import type { Filler } from '@app/ledger';
import { flatHashes, Frontier, headPlace, headText, HeadTree, splitHashes, TreeHasher } from '@app/ledger';
import type { BatchExtension } from '@app/ledger/store';
import type { Config } from '@app/platform';
import { Contributes, invariant } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { setImmediate } from 'node:timers/promises';
import { CONFIG, NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import type { LogChange, PutRow } from '../pipeline/projections.js';
import { Projection } from '../pipeline/projections.js';
import { PlatformKind } from './platform-kind.js';
import type { HeadsOfBatch } from './platform-stream.js';
import { COMMIT_ACTS, PlatformStream, zCommitActs } from './platform-stream.js';

/** A lot's head as an entry of the platform log committed to it. */
export interface PlacedHead {
  readonly size: number;
  /** Of the lot's log, hexadecimal. */
  readonly root: string;
  /** The entry that committed to this lot's head before; null for the first. */
  readonly previous: number | null;
  /** Number of the entry. */
  readonly batch: number;
  /** From the lot's place to the entry's root, lowest first, hexadecimal. */
  readonly branch: readonly string[];
}

interface Head {
  readonly logId: number;
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly previous: number | null;
}

interface Composed {
  readonly heads: HeadsOfBatch;
  /** Rows of the lots that have grown. */
  readonly grown: readonly { readonly head: Head; readonly branch: Uint8Array }[];
}

interface LogRow {
  id: number;
  origin: string;
  size: number;
  frontier: Buffer;
  known_size: number | null;
  known_seq: number | null;
}

interface HeadRow {
  size: number;
  root: Buffer;
  batch_seq: number;
  previous: number | null;
}

const TABLE = 'lot_head';
const SEED_SIZE = 32;
/** Seeds that are tried until every lot has a place of its own: with 10,000 lots one of them fails once in a hundred times. */
const SEEDS_MAX = 100;
/** Lots that are climbed for before whoever waits has his turn: some milliseconds. */
const LOTS_AT_ONCE = 100;
const NONE = -1;

const TABLES: readonly BatchExtension[] = [
  {
    name: TABLE,
    columns: ['int[]', 'int[]', 'int[]', 'int[]', 'bytea[]', 'bytea[]'],
    // A head says which one came before it. Where another process committed to one meanwhile that is no longer so, and it goes into no archive.
    sql: (source) => `
      INSERT INTO lot_head (log_id, batch_seq, size, root, branch)
      SELECT s.c1, s.c2, s.c3, s.c5, s.c6 FROM ${source}
      WHERE NOT EXISTS (SELECT 1 FROM lot_head h WHERE h.log_id = s.c1 AND h.batch_seq > s.c4)`,
  },
];

/**
 * One root over the heads of all lots for each batch of the platform log: whoever reads the one public log holds the main venue to what
 * every lot was, drafts too, and learns neither which lots there are nor how many. Who has a lot's archive finds its head there.
 */
@Contributes(Projection)
@Injectable()
export class LotHeads extends Projection {
  readonly tables = TABLES;
  readonly #hasher: TreeHasher;
  /** Of the batch that is on its way; batches are written one after the other. */
  #composed: Composed | null = null;

  constructor(
    private readonly kind: PlatformKind,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PLATFORM_HEAD_BATCHES'>,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'storage'>,
  ) {
    super();
    this.#hasher = new TreeHasher(profile.hash);
  }

  /** The heads as they are now. What a lot's archive will need of them is kept with the entry that bears the root. */
  async compose(): Promise<HeadsOfBatch> {
    const rows = await this.#logs();
    const heads = rows.map((row): Head => {
      const { id, origin, size, frontier, known_seq: previous } = row;
      return { logId: id, origin, size, root: Frontier.fromBytes(this.#hasher, frontier).root(), previous };
    });
    const seed = this.#seedFor(heads);
    const tree = await this.#tree(heads, seed);
    const grown = heads
      .filter(({ size }, index) => size !== rows[index]?.known_size)
      .map((head) => ({ head, branch: flatHashes(tree.branch(headPlace(this.profile.hash, seed, head.origin))) }));
    this.#composed = { heads: { seed: toHex(seed), root: toHex(tree.root()) }, grown };
    return this.#composed.heads;
  }

  project({ after, entries }: LogChange, put: PutRow): void {
    if (!(after instanceof PlatformStream)) return;
    for (const { header, publicFacts } of entries) {
      const read = header.type === COMMIT_ACTS ? zCommitActs.safeParse(publicFacts) : null;
      if (read?.success !== true || read.data.heads.root !== this.#composed?.heads.root) continue;
      for (const { head, branch } of this.#composed.grown)
        put(TABLE, [head.logId, header.seq, head.size, head.previous ?? NONE, Buffer.from(head.root), Buffer.from(branch)]);
    }
  }

  /** A lot's heads that entries of the platform log before number `before` committed to, each where the lot had grown, in order. */
  async grown(origin: string, before: number): Promise<PlacedHead[]> {
    const { rows } = await this.pool.query<HeadRow & { branch: Buffer }>(
      `SELECT h.size, h.root, h.branch, h.batch_seq, lag(h.batch_seq) OVER (ORDER BY h.batch_seq) AS previous
       FROM lot_head h JOIN log l ON l.id = h.log_id WHERE l.origin = $1 AND h.batch_seq < $2 ORDER BY h.batch_seq`,
      [origin, before],
    );
    return rows.map(({ size, root, branch, batch_seq: batch, previous }) => ({
      size,
      root: root.toString('hex'),
      previous,
      batch,
      branch: splitHashes(branch).map(toHex),
    }));
  }

  /** A lot's head as entry `batch` committed to it, grown there or not; null where there is none, or that root cannot be made again here. */
  async standing(origin: string, batch: number, { seed, root }: HeadsOfBatch): Promise<PlacedHead | null> {
    const { rows } = await this.pool.query<HeadRow & { id: number; origin: string }>(
      `SELECT l.id, l.origin, h.size, h.root, h.batch_seq, h.previous FROM log l JOIN LATERAL (
         SELECT size, root, batch_seq, lag(batch_seq) OVER (ORDER BY batch_seq) AS previous FROM lot_head
         WHERE log_id = l.id AND batch_seq <= $1 ORDER BY batch_seq DESC LIMIT 1) h ON h.batch_seq >= $2`,
      [batch, batch - this.config.PLATFORM_HEAD_BATCHES],
    );
    const heads = rows.map((row): Head => {
      const previous = row.batch_seq === batch ? row.previous : row.batch_seq;
      return { logId: row.id, origin: row.origin, size: row.size, root: row.root, previous };
    });
    const head = heads.find((other) => other.origin === origin);
    if (head === undefined) return null;
    const tree = await this.#tree(heads, fromHex(seed));
    if (toHex(tree.root()) !== root) return null;
    const branch = tree.branch(headPlace(this.profile.hash, fromHex(seed), origin)).map(toHex);
    return { size: head.size, root: toHex(head.root), previous: head.previous, batch, branch };
  }

  /** What a lot's head is salted with under the root of this seed, base64url: of one lot and one entry, and nobody else's to guess. */
  saltOf(origin: string, seed: string): string {
    const { mac } = this.profile;
    return toBase64Url(mac(mac(this.keys.storage, utf8(`gongping/lot-head/v1\n${origin}`)), fromHex(seed)));
  }

  /** Those that have grown, or had not long ago: others cost every beat, and an archive has their last head from then. */
  async #logs(): Promise<LogRow[]> {
    const { rows } = await this.pool.query<LogRow>(
      `SELECT l.id, l.origin, l.size, l.frontier, h.size AS known_size, h.batch_seq AS known_seq FROM log l LEFT JOIN LATERAL (
         SELECT size, batch_seq FROM lot_head WHERE log_id = l.id ORDER BY batch_seq DESC LIMIT 1) h ON true
       WHERE l.lot IS NOT NULL AND l.size > 0
         AND (h.size IS DISTINCT FROM l.size OR h.batch_seq >= (SELECT size FROM log WHERE origin = $1) - $2)`,
      [this.kind.origin, this.config.PLATFORM_HEAD_BATCHES],
    );
    return rows;
  }

  #seedFor(heads: readonly Head[]): Uint8Array {
    const { hash, primitives } = this.profile;
    let seed: Uint8Array | null = null;
    for (let tried = 0; seed === null && tried < SEEDS_MAX; tried += 1) {
      const drawn = primitives.randomBytes(SEED_SIZE);
      if (new Set(heads.map(({ origin }) => headPlace(hash, drawn, origin))).size === heads.length) seed = drawn;
    }
    invariant(seed !== null, `one of ${String(SEEDS_MAX)} seeds gives every lot a place of its own`);
    return seed;
  }

  async #tree(heads: readonly Head[], seed: Uint8Array): Promise<HeadTree> {
    const { hash, commitment } = this.profile;
    const leaves = new Map(
      heads.map(({ origin, size, root, previous }) => {
        const text = headText({ origin, size, root: toHex(root), previous });
        return [headPlace(hash, seed, origin), fromHex(commitment(this.saltOf(origin, toHex(seed)), text))];
      }),
    );
    const tree = new HeadTree(this.#hasher, leaves, this.#filler(seed));
    while (tree.climb(LOTS_AT_ONCE)) await setImmediate();
    return tree;
  }

  /** Nobody without the storage key tells it from a head, and asked again for an old seed it is what it was. */
  #filler(seed: Uint8Array): Filler {
    const { hash, mac } = this.profile;
    // Key, level and index: what is hashed has one length, so a plain hash does, at a fraction of the time.
    const text = concatBytes(mac(mac(this.keys.storage, utf8('gongping/no-head/v1')), seed), new Uint8Array(5));
    const view = new DataView(text.buffer, text.length - 5);
    return (level, index) => {
      view.setUint8(0, level);
      view.setUint32(1, index);
      return hash(text);
    };
  }
}
