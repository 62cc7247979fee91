import { canonicalText, concatBytes, utf8 } from '@app/contracts';
import { assertSize, LedgerRangeError } from '../errors.js';
import type { Hash, TreeHasher } from './hash.js';
import { verifyInclusion } from './verify-proof.js';

/**
 * One root over the heads of many logs, which tells nobody how many there are. The tree has 2^32 places, a log's place follows from its
 * name, and everywhere else stands what looks like a hash. A path is an inclusion proof (RFC 9162 §2.1.3) in a tree of that size, so it
 * has the same shape whether there is one log or a million; and since a log has one place, one root holds one head of it.
 */
export const HEAD_LEVELS = 32;
export const HEAD_PLACES = 2 ** HEAD_LEVELS;

/** What stands at a log's place, under a salt. */
export interface CommittedHead {
  readonly origin: string;
  readonly size: number;
  /** Root over the first `size` entries, 64 hexadecimal digits. */
  readonly root: string;
  /** Where this log's head before this one was committed to: the number of that entry; null for its first. */
  readonly previous: number | null;
}

/** The text that the commitment at a log's place is over. */
export const headText = ({ origin, size, root, previous }: CommittedHead): string => canonicalText({ origin, previous, root, size });

/** The place of a log under the root of this seed. Another seed is another order, so that no two logs share a place for long. */
export function headPlace(hash: Hash, seed: Uint8Array, origin: string): number {
  const digest = hash(concatBytes(seed, utf8(origin)));
  return new DataView(digest.buffer, digest.byteOffset, digest.byteLength).getUint32(0);
}

/**
 * Root of the subtree at `index` of `level` (0: the places) in which no log stands. Nobody but its maker may know it from a real one; asked
 * twice, it must be the same.
 */
export type Filler = (level: number, index: number) => Uint8Array;

interface Climbed {
  /** The level below which it is the only log: there it meets another. */
  readonly level: number;
  readonly node: Uint8Array;
}

/**
 * The tree over the commitments of some places. Nearly all of its work lies where a log is alone in its subtree; {@link climb} does it bit by
 * bit, so that many logs need not hold a process up. Belongs to one synchronous caller at a time, as its hasher does.
 */
export class HeadTree {
  readonly #places: readonly number[];
  readonly #climbed: Climbed[] = [];
  /** Both nodes below each node under which logs stand on either side. */
  readonly #met = new Map<number, Uint8Array>();
  #root: Uint8Array | null = null;

  /** `leaves`: commitments by place. */
  constructor(
    private readonly hasher: TreeHasher,
    private readonly leaves: ReadonlyMap<number, Uint8Array>,
    private readonly filler: Filler,
  ) {
    this.#places = [...leaves.keys()].sort((one, other) => one - other);
    for (const place of this.#places) checkPlace(place);
  }

  /** Does the work for so many logs more; answers whether some are left. What is left is done when root or branch is asked for. */
  climb(logs: number): boolean {
    const until = Math.min(this.#places.length, this.#climbed.length + logs);
    for (let at = this.#climbed.length; at < until; at += 1) {
      const place = this.#places[at] ?? 0;
      const level = Math.min(meeting(place, this.#places[at - 1]), meeting(place, this.#places[at + 1]));
      this.#climbed.push({ level, node: this.#alone(this.leaves.get(place) ?? new Uint8Array(), 0, level, place) });
    }
    return until < this.#places.length;
  }

  root(): Uint8Array {
    this.climb(this.#places.length);
    this.#root ??= this.#places.length === 0 ? this.filler(HEAD_LEVELS, 0) : this.#over(0, this.#places.length, HEAD_LEVELS);
    return this.#root;
  }

  /** The 32 hashes beside the way from a log's place to the root, lowest first. Throws where no log stands. */
  branch(place: number): Uint8Array[] {
    if (!this.leaves.has(place)) throw new LedgerRangeError(`no log stands at place ${place}`);
    this.root();
    return Array.from({ length: HEAD_LEVELS }, (_none, level) => {
      const beside = besides(ancestor(place, level));
      return this.#met.get(key(level, beside)) ?? this.filler(level, beside);
    });
  }

  /** Root at `level` of the subtree whose only logs are those from `from` up to `to`. */
  #over(from: number, to: number, level: number): Uint8Array {
    const [first = 0, last = 0] = [this.#places[from], this.#places[to - 1]];
    const single = this.#climbed[from];
    if (to - from === 1 && single !== undefined) return this.#alone(single.node, single.level, level, first);
    const below = meeting(first, last);
    const right = ancestor(last, below);
    let middle = from;
    while (ancestor(this.#places[middle] ?? last, below) !== right) middle += 1;
    const [one, other] = [this.#over(from, middle, below), this.#over(middle, to, below)];
    this.#met.set(key(below, right - 1), one).set(key(below, right), other);
    return this.#alone(this.hasher.node(one, other), below + 1, level, first);
  }

  /** From `level` up to `until`, with nothing but fillers beside. */
  #alone(node: Uint8Array, level: number, until: number, place: number): Uint8Array {
    let top = node;
    for (let at = level; at < until; at += 1) {
      const index = ancestor(place, at);
      const beside = this.filler(at, besides(index));
      top = index % 2 === 0 ? this.hasher.node(top, beside) : this.hasher.node(beside, top);
    }
    return top;
  }
}

/** Index of the node over a place at this level. */
const ancestor = (place: number, level: number): number => Math.floor(place / 2 ** level);
const key = (level: number, index: number): number => level * HEAD_PLACES + index;
/** Highest level at which two places are still in different subtrees; without another one, the root's. */
const meeting = (one: number, other: number | undefined): number =>
  other === undefined ? HEAD_LEVELS : HEAD_LEVELS - 1 - Math.clz32(one ^ other);

/** The one root of an entry over the heads of all logs, and what gives each log its place under it. */
export interface HeadRoot {
  readonly seed: Uint8Array;
  readonly root: Uint8Array;
}

/** Whether `commitment` stands at this log's place under the root. Never throws on input from outside. */
export function verifyHeadBranch(
  hash: Hash,
  hasher: TreeHasher,
  { seed, root }: HeadRoot,
  head: { readonly origin: string; readonly commitment: Uint8Array },
  branch: readonly Uint8Array[],
): boolean {
  const claim = { index: headPlace(hash, seed, head.origin), size: HEAD_PLACES, leafHash: head.commitment, root };
  return verifyInclusion(hasher, claim, branch);
}

const besides = (index: number): number => (index % 2 === 0 ? index + 1 : index - 1);

function checkPlace(place: number): void {
  assertSize(place);
  if (place >= HEAD_PLACES) throw new LedgerRangeError(`there is no place ${place} in a tree of ${HEAD_LEVELS} levels`);
}
