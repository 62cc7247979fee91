import type { MerkleTree, Tile } from '@app/ledger';
import { flatHashes, formatEntryBundle, newFullTiles, TILE_HEIGHT, TILE_WIDTH, tilePath, tileWidth } from '@app/ledger';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { CheckpointRepository } from './checkpoint.repository.js';
import { LogSight } from './log-sight.js';
import { LogTrees } from './log-trees.js';
import type { SignedCheckpoint } from './log.types.js';

/** Logs' folders are their origins; an origin is names and slashes (`INSTALLATION`, `zName`), so it cannot climb out. */
const SAFE_ORIGIN = /^[A-Za-z0-9][A-Za-z0-9._:-]*(\/[A-Za-z0-9][A-Za-z0-9._:-]*)*$/;

/**
 * The logs as static files (C2SP tlog-tiles): full tiles are written once, so that any web server or CDN can serve the
 * folder; partial ones are made when asked for, since their number would cost every beat.
 */
@Injectable()
export class Tiles {
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly repository: CheckpointRepository,
    private readonly trees: LogTrees,
    private readonly sight: LogSight,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DATA_DIR'>,
  ) {}

  /** Writes the tiles that a new checkpoint completes, then the checkpoint itself. */
  async write(checkpoint: SignedCheckpoint, before: number, tree: MerkleTree): Promise<void> {
    const { origin, size } = checkpoint;
    const isPublic = await this.sight.isPublic(origin);
    for (const tile of newFullTiles(before, size)) {
      await this.#store(origin, `tile/${tilePath(tile)}`, hashesOf(tree, tile));
      if (tile.level === 0 && isPublic) await this.bytes(origin, { ...tile, level: 'entries' }, size);
    }
  }

  /** The newest note as a file, with the cosignatures so far. */
  async writeCheckpoint(origin: string, note: string): Promise<void> {
    await this.#store(origin, 'checkpoint', Buffer.from(note));
  }

  /** Resolves when every write that was begun is done. */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing.values());
  }

  /** A tile of the tree of the first `size` entries, or null when that tree has no such tile or it may not be shown. */
  async bytes(origin: string, tile: Tile, size: number): Promise<Uint8Array | null> {
    if (tile.width > tileWidth(tile.level, tile.index, size) || tile.width < 1) return null;
    if (tile.level === 'entries' && !(await this.sight.isPublic(origin))) return null;
    const isFull = tile.width === TILE_WIDTH;
    const path = `tile/${tilePath(tile)}`;
    const kept = isFull ? await this.#kept(origin, path) : null;
    if (kept !== null) return kept;
    const from = tile.index * TILE_WIDTH;
    const made =
      tile.level === 'entries'
        ? formatEntryBundle(await this.repository.headers(origin, from, from + tile.width))
        : hashesOf(await this.trees.at(origin, size), tile);
    if (isFull) await this.#store(origin, path, made);
    return made;
  }

  async #kept(origin: string, path: string): Promise<Uint8Array | null> {
    try {
      return await readFile(this.#path(origin, path));
    } catch {
      return null;
    }
  }

  /** Whole or not at all, whoever else writes the same; one file's writes keep their order, so a newer checkpoint is never covered. */
  #store(origin: string, path: string, bytes: Uint8Array): Promise<void> {
    const target = this.#path(origin, path);
    const before = this.#writing.get(target) ?? Promise.resolve();
    const write = async (): Promise<void> => {
      const draft = `${target}.${String(process.pid)}.new`;
      try {
        await writeFile(draft, bytes);
      } catch {
        // The first file of its folder, nearly always; what else is wrong is said by the second try.
        await mkdir(dirname(target), { recursive: true });
        await writeFile(draft, bytes);
      }
      await rename(draft, target);
    };
    const run = before.then(write, write);
    const settled = run
      .catch(() => undefined)
      .then(() => {
        if (this.#writing.get(target) === settled) this.#writing.delete(target);
      });
    this.#writing.set(target, settled);
    return run;
  }

  #path(origin: string, path: string): string {
    if (!SAFE_ORIGIN.test(origin) || origin.split('/').some((part) => part.startsWith('.')))
      throw new RangeError(`no folder for ${origin}`);
    return join(this.config.DATA_DIR, 'log', ...origin.split('/'), path);
  }
}

/** Hashes of a tile, from the whole tree. */
function hashesOf(tree: MerkleTree, { level, index, width }: Tile): Uint8Array {
  if (level === 'entries') throw new RangeError('a bundle of entries has no hashes');
  return flatHashes(Array.from({ length: width }, (_none, at) => tree.node(level * TILE_HEIGHT, index * TILE_WIDTH + at)));
}
