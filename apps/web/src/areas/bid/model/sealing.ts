import { type SealNews, SEALED_FOLDER, type SealOrder, type TakeOrder } from './seal-order.js';

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

type Progress = (done: number, total: number) => void;

/** Seals in a worker. Rejects with {@link SealingError}; `signal` ends it, and nothing is left but an unfinished file. */
export const sealInWorker = (order: SealOrder, onProgress: Progress, signal: AbortSignal): Promise<Extract<SealNews, { kind: 'sealed' }>> =>
  inWorker(order, 'sealed', onProgress, signal);

/** Takes a ciphertext over into this browser's own file system, in the same way. Rejects also when it has another hash. */
export async function takeInWorker(order: TakeOrder, onProgress: Progress, signal: AbortSignal): Promise<void> {
  await inWorker(order, 'taken', onProgress, signal);
}

function inWorker<K extends 'sealed' | 'taken'>(
  order: SealOrder | TakeOrder,
  kind: K,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<Extract<SealNews, { kind: K }>> {
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Extract<SealNews, { kind: K }>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<SealNews>) => {
      if (data.kind === 'progress') onProgress(data.done, data.total);
      else if (data.kind === 'failed') reject(new SealingError(data.isFull, data.message));
      else if (data.kind === kind) resolve(data as Extract<SealNews, { kind: K }>);
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
