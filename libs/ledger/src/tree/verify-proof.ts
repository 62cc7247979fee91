import { equalBytes } from '@app/contracts';
import type { TreeHasher } from './hash.js';
import { HASH_SIZE } from './hash.js';
import { largestPower } from './ranges.js';

/** More lines than any tree of a safe integer's size needs; a longer proof is refused unread. */
export const PROOF_LINES_MAX = 63;

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_SIZE);
const half = (value: number): number => Math.floor(value / 2);

/** Root that an inclusion proof leads to (RFC 9162 §2.1.3.2), or null when it does not have the shape of (`index`, `size`). */
export function rootFromInclusion(
  hasher: TreeHasher,
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if (!isSize(index) || !isSize(size) || index >= size || proof.length > PROOF_LINES_MAX) return null;
  if (leafHash.length !== HASH_SIZE || !areHashes(proof)) return null;
  let first = index;
  let last = size - 1;
  let root = leafHash;
  for (const line of proof) {
    if (last === 0) return null;
    if (first % 2 === 1 || first === last) {
      root = hasher.node(line, root);
      while (first % 2 === 0 && first !== 0) {
        first = half(first);
        last = half(last);
      }
    } else {
      root = hasher.node(root, line);
    }
    first = half(first);
    last = half(last);
  }
  return last === 0 ? root : null;
}

/** Whether `leafHash` is the `index`-th leaf of the tree of `size` leaves with this root. Never throws on input from outside. */
export function verifyInclusion(
  hasher: TreeHasher,
  claim: { readonly index: number; readonly size: number; readonly leafHash: Uint8Array; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const root = rootFromInclusion(hasher, claim.index, claim.size, claim.leafHash, proof);
  return root !== null && equalBytes(root, claim.root);
}

/**
 * Both roots that an explicit consistency proof (its first line present even where the RFC leaves it out) leads to, or
 * null when it does not have the shape of (`first`, `second`). Needs 0 < first ≤ second.
 */
export function rootsFromConsistency(
  hasher: TreeHasher,
  first: number,
  second: number,
  explicit: readonly Uint8Array[],
): { readonly first: Uint8Array; readonly second: Uint8Array } | null {
  if (!isSize(first) || !isSize(second) || first === 0 || first > second) return null;
  if (explicit.length > PROOF_LINES_MAX + 1 || !areHashes(explicit)) return null;
  const [seed, ...lines] = explicit;
  if (seed === undefined) return null;
  if (first === second) return lines.length === 0 ? { first: seed, second: seed } : null;
  let low = first - 1;
  let high = second - 1;
  while (low % 2 === 1) {
    low = half(low);
    high = half(high);
  }
  let firstRoot = seed;
  let secondRoot = seed;
  for (const line of lines) {
    if (high === 0) return null;
    if (low % 2 === 1 || low === high) {
      firstRoot = hasher.node(line, firstRoot);
      secondRoot = hasher.node(line, secondRoot);
      while (low % 2 === 0 && low !== 0) {
        low = half(low);
        high = half(high);
      }
    } else {
      secondRoot = hasher.node(secondRoot, line);
    }
    low = half(low);
    high = half(high);
  }
  return high === 0 ? { first: firstRoot, second: secondRoot } : null;
}

/** Size and root of a tree. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Whether `second` continues `first` (RFC 9162 §2.1.4.2). Any tree continues the empty one, by an empty proof, when the
 * first root is that of no leaves. Never throws on input from outside.
 */
export function verifyConsistency(hasher: TreeHasher, first: TreeHead, second: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return false;
  if (first.size === 0) return proof.length === 0 && equalBytes(first.root, hasher.emptyRoot());
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  // RFC 9162 §2.1.4.2 step 2: a first size that is a power of two is itself a node of the second tree, so it is not sent.
  const isNode = largestPower(first.size).power === first.size;
  const roots = rootsFromConsistency(hasher, first.size, second.size, isNode ? [first.root, ...proof] : proof);
  return roots !== null && equalBytes(roots.first, first.root) && equalBytes(roots.second, second.root);
}
