import type { SealedBid } from '@app/sealing';
import { type SealNews, SEALED_FOLDER, type SealOrder } from './seal-order.js';

/** Sealing ended without a bid: the disk is full, or a file changed or cannot be read. */
export class SealingError extends Error {
  constructor(
    readonly isFull: boolean,
    message: string,
  ) {
    super(message);
    this.name = 'SealingError';
  }
}

/** Seals in a worker. Rejects with {@link SealingError}; `signal` ends it, and nothing is left but an unfinished file. */
export function sealInWorker(
  order: SealOrder,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<{ readonly sealed: SealedBid; readonly size: number }> {
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<{ readonly sealed: SealedBid; readonly size: number }>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<SealNews>) => {
      if (data.kind === 'progress') onProgress(data.done, data.total);
      else if (data.kind === 'sealed') resolve(data);
      else reject(new SealingError(data.isFull, data.message));
    };
    worker.onerror = ({ message }) => {
      reject(new SealingError(false, message));
    };
    signal.addEventListener('abort', () => {
      reject(new SealingError(false, 'ended here'));
    });
    worker.postMessage(order);
  }).finally(() => {
    worker.terminate();
  });
}

/** A sealed bid as a file that can be sliced; null when this browser has lost it. */
export async function sealedFile(name: string): Promise<File | null> {
  try {
    return await (await (await sealedFolder()).getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}

export async function forgetSealed(name: string): Promise<void> {
  await (await sealedFolder()).removeEntry(name).catch(() => undefined);
}

const sealedFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(SEALED_FOLDER, { create: true });
