import { fromHex, toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastHash, plainHash } from '../../test/suite.js';
import {
  buildProof,
  buildRoot,
  flatHashes,
  foldSubtrees,
  Frontier,
  HASH_SIZE,
  largestPower,
  LedgerFormatError,
  LedgerRangeError,
  MerkleTree,
  nodeReaderOfLeaves,
  planConsistency,
  planInclusion,
  rootAfter,
  rootFromInclusion,
  rootOfLeafHashes,
  rootsFromConsistency,
  splitHashes,
  splitPoint,
  TreeHasher,
  verifyConsistency,
  verifyInclusion,
} from '../index.js';

const hasher = new TreeHasher(fastHash);
// The eight inputs and roots that Certificate Transparency's implementations publish for RFC 6962 §2.1.
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(fromHex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCY: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const known = MerkleTree.overRecords(hasher, INPUTS);

const leavesOf = (count: number, tag = ''): Uint8Array =>
  flatHashes(Array.from({ length: count }, (_none, index) => hasher.leaf(utf8(`${tag}${index}`))));
const BIG = 600;
const big = new MerkleTree(hasher, leavesOf(BIG));

/** RFC 9162 §2.1.1 word by word: slow, and independent of the code under test. */
function rfcRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return plainHash(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return plainHash(Buffer.concat([Uint8Array.of(1), rfcRoot(leaves.slice(0, split)), rfcRoot(leaves.slice(split))]));
}

describe('Merkle tree of RFC 9162 (RFC 6962)', () => {
  it('has the published roots for the eight published inputs', () => {
    expect(toHex(new TreeHasher(plainHash).emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    ROOTS.forEach((root, index) => {
      expect(toHex(known.root(index + 1))).toBe(root);
      expect(toHex(rootOfLeafHashes(hasher, flatHashes(INPUTS.slice(0, index + 1).map((input) => hasher.leaf(input)))))).toBe(root);
    });
  });

  it.each(INCLUSION)('has the published inclusion proof of leaf %d in %d', (index, size, proof) => {
    expect(known.inclusionProof(index, size).map(toHex)).toEqual(proof);
    const claim = { index, size, leafHash: known.leafHash(index), root: fromHex(ROOTS[size - 1]!) };
    expect(verifyInclusion(hasher, claim, proof.map(fromHex))).toBe(true);
  });

  it.each(CONSISTENCY)('has the published consistency proof from %d to %d', (first, second, proof) => {
    expect(known.consistencyProof(first, second).map(toHex)).toEqual(proof);
    const [a, b] = [first, second].map((size) => ({ size, root: fromHex(ROOTS[size - 1]!) })) as [
      { size: number; root: Uint8Array },
      { size: number; root: Uint8Array },
    ];
    expect(verifyConsistency(hasher, a, b, proof.map(fromHex))).toBe(true);
  });

  it('agrees with the recursive definition at every size, in memory, flat and as a frontier', () => {
    const frontier = new Frontier(hasher);
    for (let size = 0; size <= 130; size++) {
      const leaves = splitHashes(leavesOf(size));
      const root = toHex(rfcRoot(leaves));
      expect(toHex(big.root(size))).toBe(root);
      expect(toHex(rootOfLeafHashes(hasher, leavesOf(size)))).toBe(root);
      expect(toHex(frontier.root())).toBe(root);
      frontier.append(big.leafHash(size));
    }
  });

  it('grows the same in one step or in many', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90), { maxLength: 6 }), (steps) => {
        const tree = new MerkleTree(new TreeHasher(plainHash));
        const frontier = new Frontier(hasher);
        for (const step of steps) {
          const more = leavesOf(tree.size + step).subarray(tree.size * HASH_SIZE);
          expect(toHex(rootAfter(frontier, more))).toBe(toHex(big.root(tree.size + step)));
          tree.appendAll(more);
          frontier.appendAll(more);
          expect(toHex(tree.root())).toBe(toHex(frontier.root()));
          expect(frontier.size).toBe(tree.size);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('proves every leaf of every small tree, and no other leaf, index or size', () => {
    for (let size = 1; size <= 20; size++) {
      for (let index = 0; index < size; index++) {
        const proof = big.inclusionProof(index, size);
        const claim = { index, size, leafHash: big.leafHash(index), root: big.root(size) };
        expect(verifyInclusion(hasher, claim, proof)).toBe(true);
        expect(verifyInclusion(hasher, { ...claim, leafHash: big.leafHash(index + 1) }, proof)).toBe(false);
        for (const other of [index - 1, index + 1]) expect(verifyInclusion(hasher, { ...claim, index: other }, proof)).toBe(false);
        expect(verifyInclusion(hasher, claim, [...proof, claim.root])).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(hasher, claim, proof.slice(1))).toBe(false);
      }
    }
  });

  it('proves every growth of small trees, and refuses a changed line, a missing one and another root', () => {
    for (let second = 0; second <= 20; second++) {
      for (let first = 0; first <= second; first++) {
        const [a, b] = [first, second].map((size) => ({ size, root: big.root(size) })) as [
          { size: number; root: Uint8Array },
          { size: number; root: Uint8Array },
        ];
        const proof = big.consistencyProof(first, second);
        expect(verifyConsistency(hasher, a, b, proof)).toBe(true);
        proof.forEach((line, at) => {
          const wrong = line.slice();
          wrong[at % HASH_SIZE] = wrong[at % HASH_SIZE]! ^ 1;
          expect(verifyConsistency(hasher, a, b, proof.with(at, wrong))).toBe(false);
          expect(verifyConsistency(hasher, a, b, proof.toSpliced(at, 1))).toBe(false);
        });
        expect(verifyConsistency(hasher, a, b, [...proof, b.root])).toBe(false);
        if (first > 0) expect(verifyConsistency(hasher, { ...a, root: big.root(first + 30) }, b, proof)).toBe(false);
        if (first < second && first > 0) expect(verifyConsistency(hasher, b, a, proof)).toBe(false);
        if (first > 0) {
          const roots = rootsFromConsistency(hasher, first, second, big.consistencyProof(first, second, true));
          expect([toHex(roots!.first), toHex(roots!.second)]).toEqual([toHex(a.root), toHex(b.root)]);
        }
      }
    }
  });

  it('takes proofs from leaf hashes alone as from the whole tree', () => {
    const read = nodeReaderOfLeaves(hasher, (index) => big.leafHash(index));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BIG }), fc.nat(BIG - 1), (size, seed) => {
        const at = seed % size;
        expect(buildProof(hasher, planInclusion(at, size), read).map(toHex)).toEqual(big.inclusionProof(at, size).map(toHex));
        expect(buildProof(hasher, planConsistency(at, size), read).map(toHex)).toEqual(big.consistencyProof(at, size).map(toHex));
        expect(toHex(buildRoot(hasher, size, read))).toBe(toHex(big.root(size)));
      }),
      { numRuns: 40 },
    );
  });

  it('never throws on a proof from outside, whatever its shape', () => {
    const zAny = fc.oneof(fc.nat(20), fc.constantFrom(-1, 1.5, NaN, Infinity, 2 ** 53));
    const zLines = fc.array(fc.uint8Array({ minLength: 31, maxLength: 33 }), { maxLength: 66 });
    fc.assert(
      fc.property(zAny, zAny, zLines, fc.uint8Array({ minLength: 31, maxLength: 32 }), (a, b, lines, hash) => {
        expect(verifyInclusion(hasher, { index: a, size: b, leafHash: hash, root: big.root() }, lines)).toBe(false);
        expect(verifyConsistency(hasher, { size: a, root: hash }, { size: b, root: big.root() }, lines)).toBe(false);
        const roots = rootsFromConsistency(hasher, a, b, lines);
        expect(roots === null || (a > 0 && a <= b)).toBe(true);
      }),
    );
    expect(rootFromInclusion(hasher, 0, 1, new Uint8Array(31), [])).toBeNull();
    expect(rootsFromConsistency(hasher, 1, 1, [])).toBeNull();
    expect(rootsFromConsistency(hasher, 3, 3, [big.root(3), big.root(3)])).toBeNull();
    expect(rootsFromConsistency(hasher, 1, 2, [big.root(1), big.root(1), big.root(1)])).toBeNull();
    expect(verifyConsistency(hasher, { size: 0, root: big.root(1) }, { size: 1, root: big.root(1) }, [])).toBe(false);
  });

  it('works beyond 2^32 leaves, where bit operations would wrap', () => {
    const same = hasher.leaf(utf8('same'));
    const levels = [same];
    for (let level = 1; level <= 40; level++) levels.push(hasher.node(levels[level - 1]!, levels[level - 1]!));
    const read = (level: number): Uint8Array => levels[level]!;
    const [first, size] = [2 ** 33 + 5, 2 ** 40 - 3];
    const root = buildRoot(hasher, size, read);
    const claim = { index: 2 ** 35 + 1, size, leafHash: same, root };
    expect(verifyInclusion(hasher, claim, buildProof(hasher, planInclusion(claim.index, size), read))).toBe(true);
    const older = { size: first, root: buildRoot(hasher, first, read) };
    expect(verifyConsistency(hasher, older, { size, root }, buildProof(hasher, planConsistency(first, size), read))).toBe(true);
    expect([largestPower(2 ** 40), splitPoint(2 ** 40), splitPoint(2 ** 40 + 1)]).toEqual([
      { power: 2 ** 40, level: 40 },
      2 ** 39,
      2 ** 40,
    ]);
  });

  it('keeps a frontier in bytes and reads back only what fits its size', () => {
    const frontier = new Frontier(hasher);
    frontier.appendAll(leavesOf(77));
    const bytes = frontier.toBytes();
    const read = Frontier.fromBytes(hasher, bytes);
    read.append(big.leafHash(77));
    expect(toHex(read.root())).toBe(toHex(big.root(78)));
    expect(toHex(frontier.root())).toBe(toHex(big.root(77)));
    expect(toHex(foldSubtrees(hasher, frontier.nodes()))).toBe(toHex(big.root(77)));
    for (const bad of [bytes.slice(0, 7), bytes.slice(0, -1), Uint8Array.of(255, ...bytes.slice(1)), new Uint8Array(40)]) {
      expect(() => Frontier.fromBytes(hasher, bad)).toThrow(LedgerFormatError);
    }
    const full = new Uint8Array(53 * HASH_SIZE);
    expect(() => Frontier.fromNodes(hasher, Number.MAX_SAFE_INTEGER, full).append(big.leafHash(0))).toThrow(LedgerRangeError);
  });

  it('refuses a caller who asks for what is not there', () => {
    expect(() => big.root(BIG + 1)).toThrow(LedgerRangeError);
    expect(() => big.root(1.5)).toThrow(LedgerRangeError);
    expect(() => big.inclusionProof(5, 5)).toThrow(LedgerRangeError);
    expect(() => big.consistencyProof(6, 5)).toThrow(LedgerRangeError);
    expect(() => big.node(0, BIG)).toThrow(LedgerRangeError);
    expect(() => big.node(12, 0)).toThrow(LedgerRangeError);
    expect(() => new MerkleTree(hasher, new Uint8Array(33))).toThrow(LedgerRangeError);
    expect(() => new Frontier(hasher).append(new Uint8Array(33))).toThrow(LedgerRangeError);
    expect(() => new Frontier(hasher).appendAll(new Uint8Array(33))).toThrow(LedgerRangeError);
    expect(() => rootOfLeafHashes(hasher, new Uint8Array(33))).toThrow(RangeError);
    expect(() => flatHashes([new Uint8Array(31)])).toThrow(RangeError);
  });

  it('hashes a leaf of any length', () => {
    for (const length of [0, 1, 4095, 4096, 10_000]) {
      const data = new Uint8Array(length).fill(3);
      expect(toHex(hasher.leaf(data))).toBe(toHex(plainHash(Uint8Array.of(0, ...data))));
    }
  });
});
