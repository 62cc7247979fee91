import { flatHashes, MerkleTree, TreeHasher } from '@app/ledger';
import { invariant } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { PROFILE } from '../core/tokens.js';
import { EntryReader } from '../pipeline/pipeline.types.js';
import type { LogLimits } from './log.types.js';
import { LOG_LIMITS } from './log.types.js';

/** Read at once: small enough not to hold the process up while it is hashed. */
const PAGE_LEAVES = 4_096;

interface Held {
  readonly tree: MerkleTree;
  growing: Promise<unknown>;
}

/**
 * Whole trees of the logs in use, for proofs and tiles. Built from stored leaf hashes and grown as the log grows; the least
 * used are dropped above the limit and read again when asked for.
 */
@Injectable()
export class LogTrees {
  /** In order of last use. */
  readonly #held = new Map<string, Held>();
  readonly #hasher: TreeHasher;

  constructor(
    @Inject(PROFILE) profile: Pick<CryptoProfile, 'hash'>,
    private readonly reader: EntryReader,
    @Inject(LOG_LIMITS) private readonly limits: LogLimits,
  ) {
    this.#hasher = new TreeHasher(profile.hash);
  }

  /** A log's tree with at least `size` leaves. The tree stays this class's: read it before the next wait. */
  async at(origin: string, size: number): Promise<MerkleTree> {
    const held = this.#held.get(origin) ?? { tree: new MerkleTree(this.#hasher), growing: Promise.resolve() };
    this.#held.delete(origin);
    this.#held.set(origin, held);
    const growing = held.growing.catch(() => undefined).then(() => this.#grow(origin, held.tree, size));
    held.growing = growing;
    await growing;
    this.#evict(origin);
    return held.tree;
  }

  /** The database was changed under the tree. */
  forget(origin: string): void {
    this.#held.delete(origin);
  }

  async #grow(origin: string, tree: MerkleTree, size: number): Promise<void> {
    while (tree.size < size) {
      const from = tree.size;
      const leaves = await this.reader.leaves(origin, from, Math.min(size, from + PAGE_LEAVES));
      invariant(leaves.length > 0, `log ${origin} has no leaf ${String(from)}`);
      tree.appendAll(flatHashes(leaves));
    }
  }

  #evict(used: string): void {
    let leaves = 0;
    for (const { tree } of this.#held.values()) leaves += tree.size;
    for (const [origin, { tree }] of this.#held) {
      if (leaves <= this.limits.treeLeavesMax) return;
      if (origin === used) continue;
      this.#held.delete(origin);
      leaves -= tree.size;
    }
  }
}
