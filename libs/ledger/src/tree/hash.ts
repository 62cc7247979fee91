/** Length of every hash of a tree, in bytes; both profiles have it. */
export const HASH_SIZE = 32;

/**
 * The profile's hash, passed in so that this library names no algorithm. `into` is an optional faster form which writes
 * the digest at `at` of `out` instead of allocating one; it must give the same bytes.
 */
export interface Hash {
  (bytes: Uint8Array): Uint8Array;
  readonly into?: (bytes: Uint8Array, out: Uint8Array, at: number) => void;
}

// RFC 9162 §2.1.1: leaves and nodes are hashed under different prefixes, else a node could be passed off as a leaf.
const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;
const SCRATCH_SIZE = 4096;

/**
 * RFC 9162 §2.1.1 hashing over flat buffers of 32-byte hashes. Holds one scratch buffer, so an instance belongs to one
 * synchronous caller at a time (which any caller is, in one JavaScript thread).
 */
export class TreeHasher {
  readonly #hash: Hash;
  readonly #into: (bytes: Uint8Array, out: Uint8Array, at: number) => void;
  readonly #node = new Uint8Array(1 + 2 * HASH_SIZE);
  #leaf = new Uint8Array(SCRATCH_SIZE);

  constructor(hash: Hash) {
    this.#hash = hash;
    this.#into = hash.into ?? ((bytes, out, at) => out.set(hash(bytes), at));
    this.#node[0] = NODE_PREFIX;
    this.#leaf[0] = LEAF_PREFIX;
  }

  /** Root of the tree without leaves: the hash of nothing. */
  emptyRoot(): Uint8Array {
    return this.#hash(new Uint8Array(0));
  }

  leaf(data: Uint8Array): Uint8Array {
    const out = new Uint8Array(HASH_SIZE);
    this.leafInto(data, out, 0);
    return out;
  }

  leafInto(data: Uint8Array, out: Uint8Array, at: number): void {
    if (data.length >= this.#leaf.length) this.#leaf = new Uint8Array(2 * data.length + 1);
    this.#leaf.set(data, 1);
    this.#into(this.#leaf.subarray(0, data.length + 1), out, at);
  }

  node(left: Uint8Array, right: Uint8Array): Uint8Array {
    const out = new Uint8Array(HASH_SIZE);
    this.#node.set(left, 1);
    this.#node.set(right, 1 + HASH_SIZE);
    this.#into(this.#node, out, 0);
    return out;
  }

  /** Hashes the two neighbouring hashes at `from` of `source` into `at` of `out`; the buffers may be the same. */
  pairInto(source: Uint8Array, from: number, out: Uint8Array, at: number): void {
    this.#node.set(source.subarray(from, from + 2 * HASH_SIZE), 1);
    this.#into(this.#node, out, at);
  }
}

/** The `index`-th hash of a flat buffer, as a view. */
export const hashAt = (flat: Uint8Array, index: number): Uint8Array => flat.subarray(index * HASH_SIZE, (index + 1) * HASH_SIZE);

/** Joins hashes into one flat buffer. */
export function flatHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(hashes.length * HASH_SIZE);
  hashes.forEach((hash, index) => {
    if (hash.length !== HASH_SIZE) throw new RangeError(`a hash has ${HASH_SIZE} bytes, not ${hash.length}`);
    out.set(hash, index * HASH_SIZE);
  });
  return out;
}

/** Cuts a flat buffer into its hashes, as views. */
export function splitHashes(flat: Uint8Array): Uint8Array[] {
  return Array.from({ length: flat.length / HASH_SIZE }, (_none, index) => hashAt(flat, index));
}

/**
 * RFC 9162 §2.1.1 root over a flat buffer of leaf hashes. Works level by level in one copy; promoting an odd last node
 * unchanged gives the same tree as the RFC's split at the largest power of two.
 */
export function rootOfLeafHashes(hasher: TreeHasher, leafHashes: Uint8Array): Uint8Array {
  let width = leafHashes.length / HASH_SIZE;
  if (!Number.isInteger(width)) throw new RangeError('leaf hashes are not a whole number of hashes');
  if (width === 0) return hasher.emptyRoot();
  if (width === 1) return leafHashes.slice();
  const level = new Uint8Array(Math.ceil(width / 2) * HASH_SIZE);
  let source = leafHashes;
  while (width > 1) {
    const pairs = width >>> 1;
    for (let pair = 0; pair < pairs; pair++) hasher.pairInto(source, 2 * pair * HASH_SIZE, level, pair * HASH_SIZE);
    if (width % 2 === 1) level.set(source.subarray((width - 1) * HASH_SIZE, width * HASH_SIZE), pairs * HASH_SIZE);
    source = level;
    width = pairs + (width % 2);
  }
  return level.slice(0, HASH_SIZE);
}
