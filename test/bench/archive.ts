import { FolderBlobStore } from '@app/blobs';
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ChildMemory } from './lib/child.js';
import { startChild } from './lib/child.js';
import { printFigure, printMemory, seconds } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { writeRandomFile } from './lib/random-file.js';

/**
 * A lot with ciphertexts of 5 GiB as an archive: written and downloaded over HTTP in one go, then read and checked, beside `sha256sum` of
 * the same file. What the rules cost to ask again is another benchmark's (`verify`). `--mib=64` for a short run.
 */
const MIB = 1024 ** 2;
const sizeMib = sizeOption('mib', 5 * 1_024);
const BLOBS = 5;
/** Of a whole process, whatever the size of the lot. */
const MEMORY_MIB_MAX = 200;
const GOLDEN = resolve('tools/verify/fixtures/0.1.0/TV-E2E-02.zip');
const helper = (name: string): URL => new URL(`./lib/${name}.js`, import.meta.url);

/** Blobs of together `sizeMib` in a folder; their hashes. */
async function fill(folder: string, store: FolderBlobStore): Promise<string[]> {
  const hashes: string[] = [];
  for (let index = 0; index < BLOBS; index += 1) {
    const path = join(folder, 'new');
    const hash = await writeRandomFile(path, Math.ceil((sizeMib * MIB) / BLOBS), index + 1);
    await store.adopt(hash, path);
    hashes.push(hash);
  }
  return hashes;
}

/** Writes and downloads; the seconds that it took, and the server's memory. */
async function download(folder: string, hashes: readonly string[], target: string): Promise<ChildMemory & { took: number }> {
  const server = await startChild<{ url: string }, ChildMemory>(helper('archive-server'), [GOLDEN, join(folder, 'blobs'), ...hashes]);
  const took = await seconds(async () => {
    const response = await fetch(server.ready.url);
    if (response.body === null || !response.ok) throw new Error(`the server answered ${String(response.status)}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(target));
  });
  return { took, ...(await server.end()) };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-archive-'));
  const target = join(folder, 'lot.zip');
  try {
    const hashes = await fill(folder, new FolderBlobStore(join(folder, 'blobs')));
    const written = await download(folder, hashes, target);
    const sizeMb = statSync(target).size / 1e6;
    const sum = await seconds(() => execFileSync('sha256sum', [target]));
    const reader = await startChild<{ seconds: number; blobs: number }, ChildMemory>(helper('archive-reader'), [target]);
    const read = { took: reader.ready.seconds, ...(await reader.end()) };
    const shared = {
      bench: 'archive',
      other: sizeMb / sum,
      otherIs: 'sha256sum of the same file',
      unit: 'MB/s',
      better: 'higher',
    } as const;
    const goal = 'shown, no goal';
    printFigure({ ...shared, figure: `${String(sizeMib)} MiB written and downloaded`, ours: sizeMb / written.took, goal, met: true });
    printFigure({ ...shared, figure: `${String(sizeMib)} MiB read and checked`, ours: sizeMb / read.took, goal, met: true });
    printMemory('archive', 'sending', [written], MEMORY_MIB_MAX);
    printMemory('archive', 'reading', [read], MEMORY_MIB_MAX);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
