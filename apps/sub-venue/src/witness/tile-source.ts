import { HASH_SIZE, MerkleTree, TILE_WIDTH, tilePath, tileWidth, TreeHasher } from '@app/ledger';
import type { Hash } from '@app/ledger';
import { readAtMost } from '@app/platform';
import type { TreeSource } from './witness.types.js';

const TILE_TIMEOUT_MS = 5_000;
/** Larger logs are left to an auditor with time: this only runs when a log misbehaves. */
const TILE_LEAVES_MAX = 1_000_000;

/** Leaves from the log's own public tiles (C2SP tlog-tiles): a log that shows a head must show what is under it. */
export class TileSource implements TreeSource {
  readonly name = 'tiles';
  readonly isNear = false;

  /** `urlOf` gives the prefix of a log's tiles without a final slash, or null. */
  constructor(
    private readonly hash: Hash,
    private readonly urlOf: (origin: string) => string | null,
  ) {}

  async tree(origin: string, size: number): Promise<MerkleTree | null> {
    const prefix = this.urlOf(origin);
    if (prefix === null || size > TILE_LEAVES_MAX) return null;
    const tree = new MerkleTree(new TreeHasher(this.hash));
    for (let index = 0; tree.size < size; index += 1) {
      const width = tileWidth(0, index, size);
      const response = await fetch(`${prefix}/tile/${tilePath({ level: 0, index, width })}`, {
        signal: AbortSignal.timeout(TILE_TIMEOUT_MS),
      });
      if (!response.ok) return null;
      const bytes = await readAtMost(response, width * HASH_SIZE);
      if (bytes.length !== width * HASH_SIZE || width > TILE_WIDTH) return null;
      tree.appendAll(bytes);
    }
    return tree;
  }
}
