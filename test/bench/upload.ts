import { sized, uploadFile, UPLOAD_CHUNK_BYTES, UPLOAD_RETRY_MS } from '@app/client';
import type { UploadSource } from '@app/client';
import { openFile } from '@app/archive/node';
import { LineProxy } from '@app/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import type { ChildMemory } from './lib/child.js';
import { startChild, within } from './lib/child.js';
import { interleaved, medianPair, printFigure, printMemory, seconds } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { writeRandomFile } from './lib/random-file.js';

/**
 * One file by the tus protocol over a line that is cut 20 times: our uploads, which hash while they receive, sync and check, beside the
 * bare library with its file store, which does none of it. Same client, same line, same cuts. `--mib=64 --cuts=5 --repetitions=1` for a short run.
 */
const MIB = 1024 ** 2;
const sizeMib = sizeOption('mib', 1_024);
const CUTS = sizeOption('cuts', 20);
const REPETITIONS = sizeOption('repetitions', 3);
/** A side that has not sent the file after this long stands still. */
const RUN_MS_MAX = sizeOption('minutes', 10) * 60_000;
const SERVER = new URL('./lib/upload-server.js', import.meta.url);

interface Side {
  readonly send: (url: string, source: UploadSource, onProgress: (sent: number) => void) => Promise<void>;
  readonly name: 'ours' | 'bare';
}

const memory: ChildMemory[] = [];

/** MiB per second through a server that is new and a line that is cut. */
async function run(side: Side, source: UploadSource): Promise<number> {
  const server = await startChild<{ url: string }, ChildMemory>(SERVER, [side.name]);
  const line = new LineProxy(Number(new URL(server.ready.url).port));
  const url = `http://127.0.0.1:${String(await line.listen())}`;
  let cuts = 0;
  const onProgress = (sent: number): void => {
    if (cuts >= CUTS || sent < ((cuts + 1) * source.size) / (CUTS + 1)) return;
    cuts += 1;
    line.cut();
    line.mend();
  };
  let reached = 0;
  const sent = side.send(url, source, (bytes) => {
    reached = bytes;
    onProgress(bytes);
  });
  const took = await seconds(() =>
    within(sent, RUN_MS_MAX, () => `${side.name}: ${String(reached)} bytes after ${String(cuts)} cuts, and no more came`),
  );
  if (cuts !== CUTS) throw new Error(`the line was cut ${String(cuts)} times, not ${String(CUTS)}`);
  await line.close();
  const used = await server.end();
  if (side.name === 'ours') memory.push(used);
  return source.size / MIB / took;
}

function sendBare(url: string, source: UploadSource, onProgress: (sent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const slice = async (from: number, to: number) => ({
      value: sized(await source.slice(from, Math.min(to, source.size))),
      done: to >= source.size,
    });
    new Upload(new Blob([]), {
      endpoint: `${url}/api/uploads`,
      chunkSize: UPLOAD_CHUNK_BYTES,
      retryDelays: [...UPLOAD_RETRY_MS],
      storeFingerprintForResuming: false,
      fileReader: { openFile: () => Promise.resolve({ size: source.size, slice, close: () => undefined }) },
      onProgress,
      onError: reject,
      onSuccess: () => {
        resolve();
      },
    }).start();
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-upload-'));
  try {
    const path = join(folder, 'file');
    const hash = await writeRandomFile(path, sizeMib * MIB);
    const file = await openFile(path);
    const source: UploadSource = { size: file.size, slice: file.read };
    const sendOurs: Side['send'] = async (url, from, onProgress) => {
      const receipt = await uploadFile(url, from, { hash, token: 'bench', onProgress });
      if (receipt.state !== 'stored') throw new Error('not stored');
    };
    const pairs = await interleaved(
      REPETITIONS,
      () => run({ name: 'ours', send: sendOurs }, source),
      () => run({ name: 'bare', send: sendBare }, source),
    );
    await file.close();
    const { ours, other } = medianPair(pairs);
    printFigure({
      bench: 'upload',
      figure: `${String(sizeMib)} MiB by tus with ${String(CUTS)} cuts, hash verified`,
      unit: 'MiB/s',
      ours,
      other,
      otherIs: 'bare @tus/server with @tus/file-store, same client, line and cuts, no hash',
      better: 'higher',
      goal: 'ratio >= 0.8',
      met: ours / other >= 0.8,
    });
    printMemory('upload', 'receiving', memory);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
