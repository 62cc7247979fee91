import { partsToSeal } from '@app/bid-making';
import { type ByteSource, bytesAsSource, chunksOf, type CryptoProfile, profileOf, sealBid } from '@app/sealing';
import { type SealNews, SEALED_FOLDER, type SealOrder, type TakeOrder } from './seal-order.js';

/**
 * Seals a bid beside the page, or takes one over that was sealed elsewhere, from the files on this disk into the browser's own file system;
 * nothing of it lies in memory as a whole.
 */

const READ_BYTES = 4 * 1024 * 1024;
const PROGRESS_MS = 200;

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
  return written(order.file, async (out) => {
    const sealed = await sealBid(profile, { ...order.request, parts }, (pieces) => {
      for (const piece of pieces) out.write(piece);
      return Promise.resolve();
    });
    if (out.hash(profile) !== sealed.manifest.ciphertext.hash) throw new Error('what was written is not what was sealed');
    return { kind: 'sealed', sealed, size: out.size };
  });
}

async function take({ profile, file, ciphertext, hash }: TakeOrder): Promise<SealNews> {
  const source = sourceOf(ciphertext, counting(ciphertext.size));
  return written(file, async (out) => {
    for await (const piece of chunksOf(source)) out.write(piece);
    if (out.hash(profileOf(profile)) !== hash) throw new Error('the file is not the one that was sealed');
    return { kind: 'taken' };
  });
}

/** A new file of the browser's own. */
class OwnFile {
  size = 0;

  constructor(private readonly handle: FileSystemSyncAccessHandle) {
    handle.truncate(0);
  }

  write(piece: Uint8Array): void {
    // A full disk writes less, or throws.
    const count = this.handle.write(piece, { at: this.size });
    if (count !== piece.length) throw new DOMException('the browser wrote less than it was given', 'QuotaExceededError');
    this.size += count;
  }

  /** What lies on the disk now, read back. */
  hash(profile: CryptoProfile): string {
    this.handle.flush();
    const hash = profile.primitives.newHash();
    const buffer = new Uint8Array(READ_BYTES);
    for (let at = 0; at < this.size;) {
      const count = this.handle.read(buffer.subarray(0, Math.min(READ_BYTES, this.size - at)), { at });
      if (count === 0) break;
      hash.update(buffer.subarray(0, count));
      at += count;
    }
    return hash.hex();
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
      for (let at = from; at < to; at += READ_BYTES) {
        const piece = await read(at, Math.min(to, at + READ_BYTES));
        count(piece.length);
        yield piece;
      }
    },
  };
}
