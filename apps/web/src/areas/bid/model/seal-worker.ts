import { type ByteSource, bytesAsSource, openingSheetPart, profileOf, sealBid } from '@app/sealing';
import { type SealNews, SEALED_FOLDER, type SealOrder } from './seal-order.js';

/** Seals a bid beside the page, from the files on this disk into the browser's own file system; nothing of it lies in memory as a whole. */

const READ_BYTES = 4 * 1024 * 1024;
const PROGRESS_MS = 200;

self.onmessage = ({ data }: MessageEvent<SealOrder>) => {
  seal(data).then(
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
  const sheet = openingSheetPart(order.sheet);
  const parts = [
    { ...sheet, source: bytesAsSource(sheet.content) },
    ...order.parts.map(({ type, title, file }) => ({ type, title, media: 'application/pdf', source: sourceOf(file, read) })),
  ];
  const out = await openFile(order.file);
  try {
    out.truncate(0);
    let size = 0;
    const sealed = await sealBid(profile, { ...order.request, parts }, (pieces) => {
      for (const piece of pieces) {
        // A full disk writes less, or throws.
        const written = out.write(piece, { at: size });
        if (written !== piece.length) throw new DOMException('the browser wrote less than it was given', 'QuotaExceededError');
        size += written;
      }
      return Promise.resolve();
    });
    out.flush();
    if (hashOf(profile, out, size) !== sealed.manifest.ciphertext.hash) throw new Error('what was written is not what was sealed');
    return { kind: 'sealed', sealed, size };
  } finally {
    out.close();
  }
}

/** What lies on the disk now, read back. */
function hashOf(profile: ReturnType<typeof profileOf>, file: FileSystemSyncAccessHandle, size: number): string {
  const hash = profile.primitives.newHash();
  const buffer = new Uint8Array(READ_BYTES);
  for (let at = 0; at < size;) {
    const count = file.read(buffer.subarray(0, Math.min(READ_BYTES, size - at)), { at });
    if (count === 0) break;
    hash.update(buffer.subarray(0, count));
    at += count;
  }
  return hash.hex();
}

async function openFile(name: string): Promise<FileSystemSyncAccessHandle> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(SEALED_FOLDER, { create: true });
  const handle = await folder.getFileHandle(name, { create: true });
  return handle.createSyncAccessHandle();
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
