import { assertSize, LedgerRangeError } from '../errors.js';
import type { TreeHasher } from './hash.js';

/** A complete subtree: the `index`-th of 2^`level` leaves. */
interface NodeRef {
  readonly level: number;
  readonly index: number;
}

/** Gives the hash of a complete subtree. Callers only ask for subtrees inside the size they named. */
export type NodeReader = (level: number, index: number) => Uint8Array;

/** Largest power of two that is ≤ `count` (> 0), with its exponent. */
export function largestPower(count: number): { power: number; level: number } {
  if (count < 0x8000_0000) {
    const level = 31 - Math.clz32(count);
    return { power: 2 ** level, level };
  }
  let level = 31;
  while (2 ** (level + 1) <= count) level++;
  return { power: 2 ** level, level };
}

/** Largest power of two strictly smaller than `count` (> 1): where RFC 9162 §2.1.1 splits a list. */
export const splitPoint = (count: number): number => largestPower(count - 1).power;

/** Complete subtrees, left to right, that make up leaves `[from, to)`; `from` must be aligned as in a split of a tree. */
function subtreesOf(from: number, to: number): NodeRef[] {
  const refs: NodeRef[] = [];
  for (let at = from; at < to;) {
    const { power, level } = largestPower(to - at);
    refs.push({ level, index: at / power });
    at += power;
  }
  return refs;
}

/** Hash of a list of subtrees as {@link subtreesOf} gives them: folded from the right. */
export function foldSubtrees(hasher: TreeHasher, hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1);
  if (last === undefined) return hasher.emptyRoot();
  let folded = last;
  for (const left of hashes.slice(0, -1).reverse()) folded = hasher.node(left, folded);
  return folded;
}

/** A proof before its hashes are known: for each of its lines the subtrees to read. Lets a caller fetch them all at once. */
export type ProofPlan = readonly (readonly NodeRef[])[];

/** RFC 9162 §2.1.3.1: what an inclusion proof of leaf `index` in a tree of `size` leaves consists of. */
export function planInclusion(index: number, size: number): ProofPlan {
  assertSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new LedgerRangeError(`leaf ${index} is not in a tree of ${size}`);
  const lines: NodeRef[][] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      lines.push(subtreesOf(middle, to));
      to = middle;
    } else {
      lines.push(subtreesOf(from, middle));
      from = middle;
    }
  }
  return lines.reverse();
}

/**
 * RFC 9162 §2.1.4.1: what a consistency proof from `first` to `second` leaves consists of. With `explicit` the subtree
 * that the RFC leaves out (because the verifier knows the first root) stands in front: the lines then determine the
 * first root by themselves, which equivocation evidence needs.
 */
export function planConsistency(first: number, second: number, explicit = false): ProofPlan {
  assertSize(first, 'first size');
  assertSize(second, 'second size');
  if (first > second) throw new LedgerRangeError(`a tree of ${second} does not continue one of ${first}`);
  if (first === 0) return [];
  if (first === second) return explicit ? [subtreesOf(0, first)] : [];
  const lines: NodeRef[][] = [];
  let from = 0;
  let to = second;
  while (first < to) {
    const middle = from + splitPoint(to - from);
    if (first <= middle) {
      lines.push(subtreesOf(middle, to));
      to = middle;
    } else {
      lines.push(subtreesOf(from, middle));
      from = middle;
    }
  }
  if (from > 0 || explicit) lines.push(subtreesOf(from, to));
  return lines.reverse();
}

/** Fills a plan with hashes. */
export function buildProof(hasher: TreeHasher, plan: ProofPlan, read: NodeReader): Uint8Array[] {
  return plan.map((line) =>
    foldSubtrees(
      hasher,
      line.map(({ level, index }) => read(level, index)),
    ),
  );
}

/** Root of the first `size` leaves. */
export function buildRoot(hasher: TreeHasher, size: number, read: NodeReader): Uint8Array {
  assertSize(size);
  return foldSubtrees(
    hasher,
    subtreesOf(0, size).map(({ level, index }) => read(level, index)),
  );
}
