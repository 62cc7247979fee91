import { fromHex, toHex, utf8 } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildGo, hasGo } from '../../test/go.js';
import { fastHash, plainHash, signerOf, suite } from '../../test/suite.js';
import {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  HASH_SIZE,
  MerkleTree,
  openNote,
  parseNote,
  parseVerifierKey,
  SIGNATURE_TYPE,
  signNote,
  tilePath,
  tileWidth,
  TreeHasher,
  verifyConsistency,
  verifyInclusion,
} from '../index.js';

interface GoReply {
  readonly Roots: string[];
  readonly Inclusion: boolean[];
  readonly Proofs: string[][];
  readonly Consistent: boolean[];
  readonly TreeProofs: string[][];
  readonly TilePaths: string[];
  readonly TileData: string[];
  readonly Opened: string[];
  readonly SignedNote: string;
  readonly VerifierKey: string;
}

const SIZE = 1000;
const BUILD_TIMEOUT_MS = 120_000;
const ORIGIN = 'gongping.demo/lot/lot-2026-001/1';
const hasher = new TreeHasher(fastHash);
const records = Array.from({ length: SIZE }, (_none, index) => utf8(`entry ${index} 公评`));
const tree = MerkleTree.overRecords(hasher, records);
const signer = signerOf(ORIGIN, SIGNATURE_TYPE.note);

/** Sizes around every power of two, and indexes spread over each tree. */
const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 255, 256, 257, 511, 512, 513, 777, SIZE];
const inclusion = sizes.flatMap((size) => [0, 1, size >> 1, size - 1].filter((index) => index < size).map((index) => ({ size, index })));
const growth = sizes.flatMap((size) => sizes.filter((first) => first <= size).map((first) => ({ size, first })));
const tiles = [
  { level: 0, index: 0 },
  { level: 0, index: 3 },
  { level: 1, index: 0 },
].map((tile) => ({ ...tile, width: tileWidth(tile.level, tile.index, SIZE) }));
const checkpoint = formatCheckpoint({ origin: ORIGIN, size: SIZE, root: tree.root() });
const text = formatNote(signNote(suite, checkpoint, signer));
const key = formatVerifierKey(plainHash, signer);

// Goal: an implementation with no common code (Go's checksum database, in Debian) gives the same hashes, proofs, tiles and
// notes. Method: one request with everything this library made; Go checks it and answers with its own.
(hasGo() ? describe : describe.skip)('cross-check against golang.org/x/mod/sumdb', () => {
  let go: ReturnType<typeof buildGo>;
  let reply: GoReply;
  beforeAll(() => {
    go = buildGo();
    reply = go.ask({
      Records: records.map(toHex),
      Sizes: sizes,
      Inclusion: inclusion.map(({ size, index }) => ({
        Size: size,
        Index: index,
        Root: toHex(tree.root(size)),
        Leaf: toHex(tree.leafHash(index)),
        Proof: tree.inclusionProof(index, size).map(toHex),
      })),
      Consistent: growth.map(({ size, first }) => ({
        Size: size,
        Index: first,
        Root: toHex(tree.root(size)),
        First: toHex(tree.root(first)),
        Proof: tree.consistencyProof(first, size).map(toHex),
      })),
      Tiles: tiles,
      Notes: [
        { Note: text, Key: key },
        { Note: text.replace(String(SIZE), '1001'), Key: key },
      ],
      SignName: 'go.example/log',
      SignText: checkpoint,
    }) as GoReply;
  }, BUILD_TIMEOUT_MS);
  afterAll(() => {
    go.remove();
  });

  it('has the same roots at every size', () => {
    expect(reply.Roots).toEqual(sizes.map((size) => toHex(tree.root(size))));
  });

  it('has the same inclusion proofs, and each side accepts the other’s', () => {
    expect(reply.Inclusion.every(Boolean)).toBe(true);
    inclusion.forEach(({ size, index }, at) => {
      expect(reply.Proofs[at]).toEqual(tree.inclusionProof(index, size).map(toHex));
      const claim = { index, size, leafHash: tree.leafHash(index), root: fromHex(reply.Roots[sizes.indexOf(size)]!) };
      expect(verifyInclusion(hasher, claim, reply.Proofs[at]!.map(fromHex))).toBe(true);
    });
  });

  it('accepts every consistency proof, and this side accepts the one made in Go', () => {
    expect(reply.Consistent.every(Boolean)).toBe(true);
    growth.forEach(({ size, first }, at) => {
      const [small, large] = [first, size].map((count) => ({ size: count, root: tree.root(count) })) as [
        { size: number; root: Uint8Array },
        { size: number; root: Uint8Array },
      ];
      expect(verifyConsistency(hasher, small, large, reply.TreeProofs[at]!.map(fromHex))).toBe(true);
    });
  });

  it('has the same tiles at the same paths', () => {
    expect(reply.TilePaths).toEqual(tiles.map((tile) => `tile/8/${tilePath(tile)}`));
    tiles.forEach(({ level, index, width }, at) => {
      const bytes = Array.from({ length: width }, (_none, within) => toHex(tree.node(8 * level, index * 256 + within))).join('');
      expect(reply.TileData[at]).toBe(bytes);
      expect(bytes).toHaveLength(2 * HASH_SIZE * width);
    });
  });

  it('opens the notes signed here and refuses a changed one', () => {
    expect(reply.Opened).toEqual([checkpoint, 'refused']);
  });

  it('signs notes that are opened here, and not when changed', () => {
    const verifier = parseVerifierKey(plainHash, reply.VerifierKey);
    const note = parseNote(reply.SignedNote);
    expect(formatNote(note)).toBe(reply.SignedNote);
    expect(openNote(suite, note, [verifier])).toHaveLength(1);
    expect(() => openNote(suite, { ...note, text: note.text.replace(String(SIZE), '1001') }, [verifier])).toThrow(/does not verify/);
  });
});
