import { assertSize, LedgerRangeError } from '../errors.js';
import type { TreeHasher } from './hash.js';
import { HASH_SIZE, hashAt } from './hash.js';
import type { NodeReader } from './ranges.js';
import { buildProof, buildRoot, planConsistency, planInclusion } from './ranges.js';

const FIRST_CAPACITY = 64;

/** One level: flat hashes of its complete subtrees, in a buffer that doubles. */
interface Level {
  buffer: Uint8Array;
  count: number;
}

/**
 * A whole tree in memory (2 hashes per leaf): any root, inclusion or consistency proof of any of its sizes without hashing
 * more than the uneven edge. For archives, replicas and batches; a log's writer needs only a `Frontier`.
 */
export class MerkleTree {
  readonly #hasher: TreeHasher;
  readonly #levels: Level[] = [];

  constructor(hasher: TreeHasher, leafHashes: Uint8Array = new Uint8Array(0)) {
    this.#hasher = hasher;
    this.appendAll(leafHashes);
  }

  /** Tree over the canonical bytes of some records, for batches that are signed by their root. */
  static overRecords(hasher: TreeHasher, records: readonly Uint8Array[]): MerkleTree {
    const flat = new Uint8Array(records.length * HASH_SIZE);
    records.forEach((record, index) => {
      hasher.leafInto(record, flat, index * HASH_SIZE);
    });
    return new MerkleTree(hasher, flat);
  }

  get size(): number {
    return this.#levels[0]?.count ?? 0;
  }

  /** Appends a flat buffer of leaf hashes (or one). */
  appendAll(leafHashes: Uint8Array): void {
    if (leafHashes.length % HASH_SIZE !== 0) throw new LedgerRangeError('leaf hashes are not a whole number of hashes');
    const added = leafHashes.length / HASH_SIZE;
    if (added === 0) return;
    const leaves = this.#level(0, added);
    leaves.buffer.set(leafHashes, leaves.count * HASH_SIZE);
    leaves.count += added;
    for (let height = 0; ; height++) {
      const below = this.#level(height, 0);
      const done = this.#levels[height + 1]?.count ?? 0;
      const pairs = Math.floor(below.count / 2);
      if (pairs <= done) break;
      const level = this.#level(height + 1, pairs - done);
      for (let pair = done; pair < pairs; pair++) {
        this.#hasher.pairInto(below.buffer, 2 * pair * HASH_SIZE, level.buffer, pair * HASH_SIZE);
      }
      level.count = pairs;
    }
  }

  /** Copy of one leaf hash. */
  leafHash(index: number): Uint8Array {
    return this.node(0, index).slice();
  }

  /** View of a complete subtree's hash. */
  readonly node: NodeReader = (level, index) => {
    const held = this.#levels[level];
    if (held === undefined || index < 0 || index >= held.count)
      throw new LedgerRangeError(`no node ${level}/${index} in a tree of ${this.size}`);
    return hashAt(held.buffer, index);
  };

  root(size = this.size): Uint8Array {
    this.#assertWithin(size);
    return buildRoot(this.#hasher, size, this.node).slice();
  }

  /** RFC 9162 §2.1.3: proof that leaf `index` is in the tree of the first `size` leaves. */
  inclusionProof(index: number, size = this.size): Uint8Array[] {
    this.#assertWithin(size);
    return this.#copy(buildProof(this.#hasher, planInclusion(index, size), this.node));
  }

  /** RFC 9162 §2.1.4: proof that the first `second` leaves continue the first `first`. `explicit`: see `planConsistency`. */
  consistencyProof(first: number, second = this.size, explicit = false): Uint8Array[] {
    this.#assertWithin(second);
    return this.#copy(buildProof(this.#hasher, planConsistency(first, second, explicit), this.node));
  }

  #copy(hashes: readonly Uint8Array[]): Uint8Array[] {
    return hashes.map((hash) => hash.slice());
  }

  #assertWithin(size: number): void {
    assertSize(size);
    if (size > this.size) throw new LedgerRangeError(`the tree has ${this.size} leaves, not ${size}`);
  }

  /** The level with room for `more` hashes. */
  #level(height: number, more: number): Level {
    const level = (this.#levels[height] ??= { buffer: new Uint8Array(FIRST_CAPACITY * HASH_SIZE), count: 0 });
    const needed = (level.count + more) * HASH_SIZE;
    if (needed > level.buffer.length) {
      const buffer = new Uint8Array(Math.max(needed, 2 * level.buffer.length));
      buffer.set(level.buffer.subarray(0, level.count * HASH_SIZE));
      level.buffer = buffer;
    }
    return level;
  }
}

/** Reads complete subtrees from leaf hashes alone, hashing as needed: for short logs and one-off proofs. */
export function nodeReaderOfLeaves(hasher: TreeHasher, leafHash: (index: number) => Uint8Array): NodeReader {
  const read: NodeReader = (level, index) =>
    level === 0 ? leafHash(index) : hasher.node(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
  return read;
}
