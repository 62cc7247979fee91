import { partsToSeal } from '@app/bid-making';
import { equalBytes } from '@app/contracts';
import {
  type ByteSource,
  bytesAsSource,
  chunksOf,
  type CryptoProfile,
  nativeChunkSealer,
  profileOf,
  sealBid,
  type StreamTools,
  toolsOf,
} from '@app/sealing';
import { HashWorker } from './hash-work.js';
import { type SealNews, SEALED_FOLDER, type SealOrder, type TakeOrder } from './seal-order.js';

/**
 * Seals a bid beside the page, or takes one over that was sealed elsewhere, from the files on this disk into the browser's own file system;
 * nothing of it lies in memory as a whole.
 */

/** Read, and written, at a time. */
const BLOCK_BYTES = 1024 * 1024;
/** A bid has two hashes at any time: of what is sealed, and of one of its layers or parts. */
const HASH_WORKERS = 2;
const PROGRESS_MS = 200;
const DIGEST = 'SHA-256';

self.onmessage = ({ data }: MessageEvent<SealOrder | TakeOrder>) => {
  (data.kind === 'seal' ? seal(data) : take(data)).then(
    (news) => {
      tell(news);
    },
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      tell({ kind: 'failed', isFull: name === 'QuotaExceededError', message });
    },
  );
};

function tell(news: SealNews): void {
  self.postMessage(news);
}

async function seal(order: SealOrder): Promise<SealNews> {
  const profile = profileOf(order.profile);
  // Each file is read twice: once for the checksums that stand before it.
  const read = counting(2 * order.parts.reduce((sum, { file }) => sum + file.size, 0));
  const [sheet, ...files] = partsToSeal(
    order.sheet,
    order.parts.map(({ type, title, file }) => ({ type, title, source: sourceOf(file, read) })),
  );
  const parts = [{ ...sheet, source: bytesAsSource(sheet.content) }, ...files];
  const native = await nativeChunkSealer();
  const tools = new WorkerTools(profile, native);
  try {
    return await written(order.file, async (out) => {
      const write = async (pieces: readonly Uint8Array[]): Promise<void> => {
        for (const piece of pieces) await out.write(piece);
      };
      const sealed = await sealBid(profile, { ...order.request, parts }, write, tools);
      await out.end();
      if (out.size !== sealed.manifest.ciphertext.size) throw new Error('what was written is not what was sealed');
      return { kind: 'sealed', sealed, size: out.size, isNative: native !== null };
    });
  } finally {
    tools.end();
  }
}

async function take({ file, ciphertext, hash }: TakeOrder): Promise<SealNews> {
  const source = sourceOf(ciphertext, counting(ciphertext.size));
  const worker = new HashWorker();
  try {
    return await written(file, async (out) => {
      const running = worker.newHash();
      for await (const piece of chunksOf(source)) {
        await running.update(piece);
        await out.write(piece);
      }
      await out.end();
      if ((await running.hex()) !== hash) throw new Error('the file is not the one that was sealed');
      return { kind: 'taken' };
    });
  } finally {
    worker.end();
  }
}

/** The browser's cipher where it has one, and hashing beside this thread. */
class WorkerTools implements StreamTools {
  readonly chunkSealer: StreamTools['chunkSealer'];
  readonly #workers = Array.from({ length: HASH_WORKERS }, () => new HashWorker());
  #hashes = 0;

  constructor({ primitives }: CryptoProfile, native: StreamTools['chunkSealer'] | null) {
    this.chunkSealer = native ?? toolsOf(primitives).chunkSealer;
  }

  newHash: StreamTools['newHash'] = () => {
    const worker = this.#workers[(this.#hashes += 1) % HASH_WORKERS];
    if (worker === undefined) throw new Error('no worker');
    return worker.newHash();
  };

  end(): void {
    for (const worker of this.#workers) worker.end();
  }
}

/** A new file of the browser's own, written from front to back, block by block; `end` reads it back and throws when it is not what was written. */
class OwnFile {
  size = 0;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  readonly #digests: Promise<ArrayBuffer>[] = [];

  constructor(private readonly handle: FileSystemSyncAccessHandle) {
    handle.truncate(0);
  }

  async write(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length;) {
      const filled = this.size % BLOCK_BYTES;
      const part = piece.subarray(at, at + BLOCK_BYTES - filled);
      this.#block.set(part, filled);
      this.size += part.length;
      at += part.length;
      if (this.size % BLOCK_BYTES === 0) await this.#flush(BLOCK_BYTES);
    }
  }

  async end(): Promise<void> {
    await this.#flush(this.size % BLOCK_BYTES);
    this.handle.flush();
    for (const [index, written] of this.#digests.entries()) {
      const at = index * BLOCK_BYTES;
      const block = this.#block.subarray(0, Math.min(BLOCK_BYTES, this.size - at));
      const count = this.handle.read(block, { at });
      const read = new Uint8Array(await crypto.subtle.digest(DIGEST, block.subarray(0, count)));
      if (!equalBytes(read, new Uint8Array(await written))) throw new Error('what lies on the disk is not what was written');
    }
  }

  async #flush(size: number): Promise<void> {
    if (size === 0) return;
    const block = this.#block.subarray(0, size);
    // Taken of the block as it is now; it may be written over when this has returned.
    this.#digests.push(crypto.subtle.digest(DIGEST, block));
    // A full disk writes less, or throws.
    const count = this.handle.write(block, { at: this.size - size });
    if (count !== size) throw new DOMException('the browser wrote less than it was given', 'QuotaExceededError');
    // One block in the air at a time.
    await this.#digests.at(-1);
  }
}

async function written<T>(name: string, write: (file: OwnFile) => Promise<T>): Promise<T> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(SEALED_FOLDER, { create: true });
  const handle = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  try {
    return await write(new OwnFile(handle));
  } finally {
    handle.close();
  }
}

function counting(total: number): (bytes: number) => void {
  let done = 0;
  let toldMs = 0;
  return (bytes) => {
    done += bytes;
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_MS) return;
    toldMs = nowMs;
    tell({ kind: 'progress', done, total });
  };
}

function sourceOf(file: Blob, count: (bytes: number) => void): ByteSource {
  const read = async (from: number, to: number): Promise<Uint8Array> => new Uint8Array(await file.slice(from, to).arrayBuffer());
  return {
    size: file.size,
    read,
    async *stream(from, to) {
      // The next is read while this one is worked on.
      const begin = (at: number): Promise<Uint8Array> => {
        const reading = read(at, Math.min(to, at + BLOCK_BYTES));
        reading.catch(() => undefined);
        return reading;
      };
      for (let at = from, next = begin(at); at < to;) {
        const piece = await next;
        count(piece.length);
        at += BLOCK_BYTES;
        if (at < to) next = begin(at);
        yield piece;
      }
    },
  };
}
