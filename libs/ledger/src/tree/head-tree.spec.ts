import { concatBytes, fromHex, toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastHash } from '../../test/suite.js';
import type { CommittedHead, Filler } from '../index.js';
import {
  HEAD_LEVELS,
  HEAD_PLACES,
  headPlace,
  headText,
  HeadTree,
  LedgerRangeError,
  TreeHasher,
  verifyHeadBranch,
  verifyInclusion,
} from '../index.js';

const hasher = new TreeHasher(fastHash);
const seed = fastHash(utf8('seed'));
const originOf = (lot: number): string => `gongping.test/lot/lot-${lot}/1`;
const saltOf = (secret: string, origin: string): Uint8Array => fastHash(utf8(`${secret}\n${origin}`));
const filler =
  (secret: string): Filler =>
  (level, index) =>
    fastHash(utf8(`${secret}\n${level}\n${index}`));

const commitment = (secret: string, head: CommittedHead): Uint8Array =>
  fastHash(concatBytes(saltOf(secret, head.origin), utf8(headText(head))));
const headOf = (lot: number, size = 7): CommittedHead => ({ origin: originOf(lot), size, root: '5'.repeat(64), previous: null });

/** An installation with so many lots, the first of them lot 0. */
function installation(lots: number, secret = 'of the house') {
  const heads = Array.from({ length: lots }, (_none, lot) => headOf(lot));
  const leaves = new Map(heads.map((head) => [headPlace(fastHash, seed, head.origin), commitment(secret, head)] as const));
  const tree = new HeadTree(hasher, leaves, filler(secret));
  return { tree, leaves, heads, root: tree.root(), of: (lot: number) => tree.branch(headPlace(fastHash, seed, originOf(lot))) };
}

const verifies = (root: Uint8Array, head: CommittedHead, branch: readonly Uint8Array[], secret = 'of the house', by = seed): boolean =>
  verifyHeadBranch(fastHash, hasher, { seed: by, root }, { origin: head.origin, commitment: commitment(secret, head) }, branch);

describe('one root over the heads of all lots', () => {
  it('gives an installation with 1 lot and one with 900 lots proofs of the same shape: their number stays hidden', () => {
    const [few, many] = [installation(1), installation(900)];
    expect(many.leaves.size).toBe(900);
    for (const { root, of } of [few, many]) {
      const branch = of(0);
      expect(branch.map((hash) => hash.length)).toEqual(Array.from({ length: HEAD_LEVELS }, () => 32));
      expect(new Set(branch.map(toHex)).size).toBe(HEAD_LEVELS);
      expect(root).toHaveLength(32);
      expect(verifies(root, headOf(0), branch)).toBe(true);
    }
    for (const head of many.heads) expect(verifies(many.root, head, many.tree.branch(headPlace(fastHash, seed, head.origin)))).toBe(true);
  });

  it('has a root without any lot', () => {
    const { tree, root } = installation(0);
    expect(root).toEqual(filler('of the house')(HEAD_LEVELS, 0));
    expect(() => tree.branch(0)).toThrow(LedgerRangeError);
  });

  it('leads to the root from no other lot, size, root, order, salt, seed or path', () => {
    const { root, of } = installation(20);
    const branch = of(3);
    const head = headOf(3);
    const [first = new Uint8Array(), second = new Uint8Array(), ...others] = branch;
    const lies: [string, boolean][] = [
      ['another lot', verifies(root, headOf(4), branch)],
      ['another size', verifies(root, { ...head, size: 8 }, branch)],
      ['another root', verifies(root, { ...head, root: '6'.repeat(64) }, branch)],
      ['another head before it', verifies(root, { ...head, previous: 2 }, branch)],
      ['another salt', verifies(root, head, branch, 'of somebody')],
      ['another seed', verifies(root, head, branch, 'of the house', fastHash(utf8('other')))],
      ['the path of another lot', verifies(root, head, of(4))],
      ['a swapped path', verifies(root, head, [second, first, ...others])],
      ['a short path', verifies(root, head, branch.slice(1))],
      ['a long path', verifies(root, head, [...branch, first])],
      [
        'hashes of another length',
        verifies(
          root,
          head,
          branch.map((hash) => hash.subarray(1)),
        ),
      ],
      ['another root of the entry', verifies(fastHash(root), head, branch)],
    ];
    expect(lies.filter(([, holds]) => holds)).toEqual([]);
    expect(verifies(root, head, branch)).toBe(true);
  });

  it('has one place for a lot, so one root holds one head of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (origin, by) => {
        const place = headPlace(fastHash, by, origin);
        expect(place).toBe(headPlace(fastHash, by, origin));
        expect(Number.isInteger(place) && place >= 0 && place < HEAD_PLACES).toBe(true);
      }),
    );
    expect(headPlace(fastHash, seed, originOf(1))).not.toBe(headPlace(fastHash, fastHash(seed), originOf(1)));
  });

  it('is the tree of RFC 9162 over all 2^32 places: a known answer by hashing up from the place', () => {
    const place = headPlace(fastHash, seed, originOf(0));
    const { root, of } = installation(1);
    let hash = commitment('of the house', headOf(0));
    for (const [level, beside] of of(0).entries()) {
      const isRight = Math.floor(place / 2 ** level) % 2 === 1;
      hash = fastHash(concatBytes(Uint8Array.of(1), ...(isRight ? [beside, hash] : [hash, beside])));
    }
    expect(hash).toEqual(root);
    expect(headText(headOf(0))).toBe(`{"origin":"gongping.test/lot/lot-0/1","previous":null,"root":"${'5'.repeat(64)}","size":7}`);
  });

  it('is the same tree in whatever steps it is climbed, also where logs are neighbours', () => {
    const places = [0, 1, 2, 5, 6, 7, 8, HEAD_PLACES / 2 - 1, HEAD_PLACES / 2, HEAD_PLACES - 2, HEAD_PLACES - 1];
    const leaves = new Map([...places].reverse().map((place) => [place, fastHash(utf8(String(place)))] as const));
    const whole = new HeadTree(hasher, leaves, filler('x'));
    const steps = new HeadTree(hasher, leaves, filler('x'));
    let climbs = 1;
    while (steps.climb(2)) climbs += 1;
    expect(climbs).toBe(Math.ceil(places.length / 2));
    expect(toHex(steps.root())).toBe(toHex(whole.root()));
    for (const [place, leafHash] of leaves)
      expect(verifyInclusion(hasher, { index: place, size: HEAD_PLACES, leafHash, root: whole.root() }, steps.branch(place))).toBe(true);
  });

  it('refuses what is no place', () => {
    for (const place of [-1, 0.5, HEAD_PLACES])
      expect(() => new HeadTree(hasher, new Map([[place, new Uint8Array(32)]]), filler('x'))).toThrow(LedgerRangeError);
    const tree = new HeadTree(hasher, new Map([[7, fromHex('7'.repeat(64))]]), filler('x'));
    expect(() => tree.branch(8)).toThrow(LedgerRangeError);
  });
});
