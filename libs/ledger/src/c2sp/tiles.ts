import { concatBytes } from '@app/contracts';
import { assertSize, LedgerFormatError, LedgerRangeError } from '../errors.js';
import type { TreeHasher } from '../tree/hash.js';
import { HASH_SIZE, hashAt } from '../tree/hash.js';
import type { NodeReader, ProofPlan } from '../tree/ranges.js';

/** C2SP tlog-tiles: 256 hashes wide, eight levels of the tree high. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;
const TILE_LEVEL_MAX = 63;
const ENTRY_SIZE_MAX = 0xffff;

/** A tile of hashes, or (level `entries`) a bundle of entries. `width` < 256: a partial one. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** `0/x001/x234/067.p/8`, without the leading `tile/`. */
export function tilePath({ level, index, width }: Tile): string {
  assertSize(index, 'tile index');
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads {@link tilePath}; throws {@link LedgerFormatError} on any second spelling of the same tile. */
export function parseTilePath(path: string): Tile {
  const match = PATH.exec(path);
  if (match === null) throw new LedgerFormatError('tile', 'bad path');
  const level: Tile['level'] = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const digits = path.slice(path.indexOf('/')).replace(/\.p\/.*$/, '');
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  const tile: Tile = { level, index, width };
  const fits = (level === 'entries' || level <= TILE_LEVEL_MAX) && (match[3] === undefined || width < TILE_WIDTH);
  if (!fits || !Number.isSafeInteger(index) || tilePath(tile) !== path) throw new LedgerFormatError('tile', 'bad path');
  return tile;
}

/** Number of hashes at a tile level in a tree of `size` leaves. */
export const hashesAtLevel = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Width of a tile in a tree of `size` leaves: 0 when it is not there, 256 when it is full. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = hashesAtLevel(level === 'entries' ? 0 : level, size);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Full tiles of hashes that exist at `size` and did not at `before`, lowest level first. */
export function newFullTiles(before: number, size: number): Tile[] {
  assertSize(before);
  assertSize(size);
  const tiles: Tile[] = [];
  for (let level = 0; hashesAtLevel(level, size) >= TILE_WIDTH; level++) {
    const last = Math.floor(hashesAtLevel(level, size) / TILE_WIDTH);
    for (let index = Math.floor(hashesAtLevel(level, before) / TILE_WIDTH); index < last; index++)
      tiles.push({ level, index, width: TILE_WIDTH });
  }
  return tiles;
}

/** Hash at the root of a full tile, which is one hash of the level above. */
export function tileRoot(hasher: TreeHasher, tile: Uint8Array): Uint8Array {
  if (tile.length !== TILE_WIDTH * HASH_SIZE) throw new LedgerRangeError('only a full tile has a root');
  return subtreeInTile(hasher, tile, TILE_HEIGHT, 0);
}

function subtreeInTile(hasher: TreeHasher, tile: Uint8Array, height: number, index: number): Uint8Array {
  if (height === 0) return hashAt(tile, index);
  const count = 2 ** height;
  const level = tile.slice(index * count * HASH_SIZE, (index + 1) * count * HASH_SIZE);
  for (let width = count / 2; width >= 1; width /= 2) {
    for (let pair = 0; pair < width; pair++) hasher.pairInto(level, 2 * pair * HASH_SIZE, level, pair * HASH_SIZE);
  }
  return level.subarray(0, HASH_SIZE);
}

/** The tile that holds a complete subtree of the tree: where it is, and where in it. */
function locate(level: number, index: number): { tileLevel: number; tileIndex: number; height: number; within: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const height = level % TILE_HEIGHT;
  const perTile = TILE_WIDTH / 2 ** height;
  return { tileLevel, tileIndex: Math.floor(index / perTile), height, within: index % perTile };
}

/** Tiles that a plan needs in a tree of `size` leaves, each once, so that they can be fetched together. */
export function tilesOfPlan(plan: ProofPlan, size: number): Tile[] {
  const tiles = new Map<string, Tile>();
  for (const { level, index } of plan.flat()) {
    const { tileLevel, tileIndex } = locate(level, index);
    const tile = { level: tileLevel, index: tileIndex, width: tileWidth(tileLevel, tileIndex, size) };
    tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}

/** Reads complete subtrees out of tiles. `tileAt` gives a tile's bytes, at least as wide as the subtree needs. */
export function nodeReaderOfTiles(hasher: TreeHasher, tileAt: (level: number, index: number) => Uint8Array): NodeReader {
  return (level, index) => {
    const { tileLevel, tileIndex, height, within } = locate(level, index);
    const tile = tileAt(tileLevel, tileIndex);
    if (tile.length % HASH_SIZE !== 0 || tile.length < (within + 1) * 2 ** height * HASH_SIZE)
      throw new LedgerFormatError('tile', 'too short');
    return subtreeInTile(hasher, tile, height, within);
  };
}

/** An entry bundle: each entry after its length in two bytes, big endian. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new LedgerRangeError('a bundle has at most 256 entries');
  const chunks = entries.flatMap((entry) => {
    if (entry.length > ENTRY_SIZE_MAX) throw new LedgerRangeError('an entry of a bundle has at most 65,535 bytes');
    return [Uint8Array.of(entry.length >>> 8, entry.length & 0xff), entry];
  });
  return concatBytes(...chunks);
}

/** Reads a bundle of exactly `width` entries. Throws {@link LedgerFormatError}. */
export function parseEntryBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  let at = 0;
  while (entries.length < width) {
    if (at + 2 > bundle.length) throw new LedgerFormatError('entry-bundle', 'cut short');
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.length) throw new LedgerFormatError('entry-bundle', 'cut short');
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  if (at !== bundle.length) throw new LedgerFormatError('entry-bundle', 'more entries than its width');
  return entries;
}
