import { assertSize, LedgerFormatError, LedgerRangeError } from '../errors.js';
import type { TreeHasher } from './hash.js';
import { HASH_SIZE, splitHashes } from './hash.js';
import { foldSubtrees } from './ranges.js';

const LEVELS_MAX = 53;
/** A frontier is cloned for every command: room for a thousand leaves is most often enough. */
const LEVELS_FIRST = 10;

/** Number of complete subtrees a tree of `size` leaves ends in: the ones of its binary form. */
function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/**
 * All that must be kept of a tree to append to it and to know its root: the roots of the complete subtrees it ends in, at
 * most 53 hashes. Mutable and owned by the log's single writer; `clone()` before work that may be rolled back.
 */
export class Frontier {
  readonly #hasher: TreeHasher;
  /** Subtree roots, largest first; `#depth` of them are in use. */
  #nodes: Uint8Array;
  #depth: number;
  #size: number;

  constructor(hasher: TreeHasher) {
    this.#hasher = hasher;
    this.#nodes = new Uint8Array((LEVELS_FIRST + 1) * HASH_SIZE);
    this.#depth = 0;
    this.#size = 0;
  }

  /** Number of leaves appended so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends one leaf hash. */
  append(leafHash: Uint8Array): void {
    if (leafHash.length !== HASH_SIZE) throw new LedgerRangeError(`a hash has ${HASH_SIZE} bytes, not ${leafHash.length}`);
    this.#push(leafHash);
  }

  /** Appends a flat buffer of leaf hashes. */
  appendAll(leafHashes: Uint8Array): void {
    if (leafHashes.length % HASH_SIZE !== 0) throw new LedgerRangeError('leaf hashes are not a whole number of hashes');
    for (let at = 0; at < leafHashes.length; at += HASH_SIZE) this.#push(leafHashes.subarray(at, at + HASH_SIZE));
  }

  root(): Uint8Array {
    return foldSubtrees(this.#hasher, this.nodes()).slice();
  }

  /** Copies of the subtree roots, largest first. */
  nodes(): Uint8Array[] {
    return splitHashes(this.#nodes.slice(0, this.#depth * HASH_SIZE));
  }

  clone(): Frontier {
    const copy = new Frontier(this.#hasher);
    copy.#nodes = this.#nodes.slice();
    copy.#depth = this.#depth;
    copy.#size = this.#size;
    return copy;
  }

  /** Eight bytes of size, big endian, then the subtree roots, largest first. */
  toBytes(): Uint8Array {
    const out = new Uint8Array(8 + this.#depth * HASH_SIZE);
    new DataView(out.buffer).setBigUint64(0, BigInt(this.#size));
    out.set(this.#nodes.subarray(0, this.#depth * HASH_SIZE), 8);
    return out;
  }

  /** Reads {@link Frontier.toBytes}; throws {@link LedgerFormatError} when size and number of hashes do not fit. */
  static fromBytes(hasher: TreeHasher, bytes: Uint8Array): Frontier {
    if (bytes.length < 8) throw new LedgerFormatError('frontier', 'shorter than its size field');
    const size = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new LedgerFormatError('frontier', 'size beyond 2^53');
    return Frontier.fromNodes(hasher, Number(size), bytes.subarray(8));
  }

  /** From a size and the flat subtree roots, largest first (for instance read as complete subtrees from tiles). */
  static fromNodes(hasher: TreeHasher, size: number, nodes: Uint8Array): Frontier {
    assertSize(size);
    const ones = countOnes(size);
    if (nodes.length !== ones * HASH_SIZE) throw new LedgerFormatError('frontier', `${size} leaves end in ${ones} subtrees`);
    const frontier = new Frontier(hasher);
    if (ones > LEVELS_FIRST) frontier.#grow();
    frontier.#nodes.set(nodes);
    frontier.#depth = ones;
    frontier.#size = size;
    return frontier;
  }

  #push(leafHash: Uint8Array): void {
    if (this.#size === Number.MAX_SAFE_INTEGER) throw new LedgerRangeError('the tree is full');
    if (this.#nodes.length === this.#depth * HASH_SIZE) this.#grow();
    this.#nodes.set(leafHash, this.#depth * HASH_SIZE);
    this.#depth++;
    // Every trailing one of the old size is a subtree as large as the one just completed: merge them.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      this.#depth--;
      const left = (this.#depth - 1) * HASH_SIZE;
      this.#hasher.pairInto(this.#nodes, left, this.#nodes, left);
    }
    this.#size++;
  }

  #grow(): void {
    const larger = new Uint8Array((LEVELS_MAX + 1) * HASH_SIZE);
    larger.set(this.#nodes);
    this.#nodes = larger;
  }
}

/** Root after `leafHashes` follow it, leaving it unchanged. */
export function rootAfter(frontier: Frontier, leafHashes: Uint8Array): Uint8Array {
  const next = frontier.clone();
  next.appendAll(leafHashes);
  return next.root();
}
