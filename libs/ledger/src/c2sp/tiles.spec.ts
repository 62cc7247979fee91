import { toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastHash } from '../../test/suite.js';
import type { Tile } from '../index.js';
import {
  buildProof,
  buildRoot,
  formatEntryBundle,
  HASH_SIZE,
  hashesAtLevel,
  LedgerFormatError,
  LedgerRangeError,
  MerkleTree,
  newFullTiles,
  nodeReaderOfTiles,
  parseEntryBundle,
  parseTilePath,
  planConsistency,
  planInclusion,
  splitHashes,
  tilePath,
  tileRoot,
  tilesOfPlan,
  tileWidth,
  TreeHasher,
} from '../index.js';

const hasher = new TreeHasher(fastHash);
const SIZE = 70_000;
const flat = new Uint8Array(SIZE * HASH_SIZE);
for (let index = 0; index < SIZE; index++) hasher.leafInto(utf8(String(index)), flat, index * HASH_SIZE);
const tree = new MerkleTree(hasher, flat);

/** Bytes of a hash tile, from the whole tree. */
function tileBytes(level: number, index: number, size: number): Uint8Array {
  const width = tileWidth(level, index, size);
  return Uint8Array.from(Array.from({ length: width }, (_none, at) => [...tree.node(8 * level, index * 256 + at)]).flat());
}

describe('tiles (C2SP tlog-tiles)', () => {
  it.each<[Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, '0/000'],
    [{ level: 1, index: 1_234_067, width: 256 }, '1/x001/x234/067'],
    [{ level: 0, index: 273, width: 112 }, '0/273.p/112'],
    [{ level: 'entries', index: 1000, width: 5 }, 'entries/x001/000.p/5'],
    [{ level: 63, index: 999, width: 255 }, '63/999.p/255'],
  ])('%j has the path %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    '0',
    '0/0',
    '0/00',
    '0/0000',
    '00/000',
    '64/000',
    '-1/000',
    '0/x000/000',
    '0/x001',
    '0/001/000',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    '0/000/',
    '/0/000',
    'data/000',
    '0/x999/x999/x999/x999/x999/999',
    '0/../000',
  ])('no tile has the path %s', (path) => {
    expect(() => parseTilePath(path)).toThrow(LedgerFormatError);
  });

  it('a tree of 70,000 leaves has the tiles that the specification counts', () => {
    const full = newFullTiles(0, SIZE);
    expect([full.filter(({ level }) => level === 0).length, full.filter(({ level }) => level === 1).length, full.length]).toEqual([
      273, 1, 274,
    ]);
    expect([tileWidth(0, 273, SIZE), tileWidth(1, 1, SIZE), tileWidth(2, 0, SIZE), tileWidth(3, 0, SIZE)]).toEqual([112, 17, 1, 0]);
    expect([tileWidth('entries', 273, SIZE), tileWidth('entries', 0, SIZE), tileWidth(0, 274, SIZE)]).toEqual([112, 256, 0]);
    expect([newFullTiles(0, 256), tileWidth(1, 0, 256)]).toEqual([[{ level: 0, index: 0, width: 256 }], 1]);
    expect(hashesAtLevel(2, SIZE)).toBe(1);
  });

  it('every full tile is new exactly once while a log grows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 8 }), (steps) => {
        const seen: string[] = [];
        let size = 0;
        for (const step of steps) {
          seen.push(...newFullTiles(size, size + step).map(tilePath));
          size += step;
        }
        expect(seen.sort()).toEqual(newFullTiles(0, size).map(tilePath).sort());
      }),
    );
  });

  it('gives the same roots and proofs as the whole tree, from only the tiles that a proof needs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SIZE }), fc.nat(SIZE - 1), (size, seed) => {
        const at = seed % size;
        for (const [plan, expected] of [
          [planInclusion(at, size), tree.inclusionProof(at, size)],
          [planConsistency(at, size), tree.consistencyProof(at, size)],
        ] as const) {
          const tiles = new Map(
            tilesOfPlan(plan, size).map((tile) => [tilePath({ ...tile, width: 256 }), tileBytes(tile.level as number, tile.index, size)]),
          );
          const read = nodeReaderOfTiles(hasher, (level, index) => tiles.get(tilePath({ level, index, width: 256 }))!);
          expect(buildProof(hasher, plan, read).map(toHex)).toEqual(expected.map(toHex));
        }
        const root = buildRoot(
          hasher,
          size,
          nodeReaderOfTiles(hasher, (level, index) => tileBytes(level, index, size)),
        );
        expect(toHex(root)).toBe(toHex(tree.root(size)));
      }),
      { numRuns: 20 },
    );
  });

  it('a full tile is one hash of the level above; a partial one is none', () => {
    expect(toHex(tileRoot(hasher, tileBytes(0, 3, SIZE)))).toBe(toHex(tree.node(8, 3)));
    expect(() => tileRoot(hasher, tileBytes(0, 273, SIZE))).toThrow(LedgerRangeError);
    const short = nodeReaderOfTiles(hasher, () => tileBytes(0, 273, SIZE));
    expect(() => short(0, 200)).toThrow(LedgerFormatError);
    expect(() => nodeReaderOfTiles(hasher, () => new Uint8Array(33))(0, 0)).toThrow(LedgerFormatError);
    expect(splitHashes(tileBytes(0, 273, SIZE))).toHaveLength(112);
  });
});

describe('entry bundle (C2SP tlog-tiles)', () => {
  it('is read back entry by entry', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
        const bundle = formatEntryBundle(entries);
        expect(parseEntryBundle(bundle, entries.length).map(toHex)).toEqual(entries.map(toHex));
        if (bundle.length > 0) expect(() => parseEntryBundle(bundle.slice(0, -1), entries.length)).toThrow(LedgerFormatError);
        expect(() => parseEntryBundle(Uint8Array.of(...bundle, 0), entries.length)).toThrow(LedgerFormatError);
      }),
    );
  });

  it('refuses an entry or a number of entries that the format cannot hold', () => {
    expect(() => formatEntryBundle([new Uint8Array(65_536)])).toThrow(LedgerRangeError);
    expect(() => formatEntryBundle(Array.from({ length: 257 }, () => new Uint8Array(0)))).toThrow(LedgerRangeError);
  });
});
