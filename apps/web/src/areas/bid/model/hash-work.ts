import type { StreamHash } from '@app/sealing';
import type { HashNews, HashOrder } from './hash-order.js';

const BLOCK_BYTES = 1 << 18;
/** Blocks of one hash on their way; whoever brings more is asked to wait. */
const BLOCKS_MAX = 4;

/** A hash as this thread sees it. */
interface Running {
  block: Uint8Array<ArrayBuffer>;
  filled: number;
  readonly free: Uint8Array<ArrayBuffer>[];
  sent: number;
  /** Called when blocks came back, and when the digest came. */
  readonly waiting: { resolve: () => void; reject: (error: Error) => void }[];
  hex: string | null;
}

/**
 * Hashes in a worker, while this thread does something else: the browser's own SHA-256 takes no stream, and one in JavaScript takes longer than
 * everything else of sealing together. Bytes are copied.
 */
export class HashWorker {
  readonly #worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  readonly #running = new Map<number, Running>();
  #ids = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<HashNews>) => {
      this.#take(data);
    };
    this.#worker.onerror = ({ message }) => {
      for (const { waiting } of this.#running.values())
        for (const { reject } of waiting.splice(0)) reject(new Error(`the thread that hashes ended: ${message}`));
    };
  }

  newHash(): StreamHash {
    const id = (this.#ids += 1);
    const mine: Running = { block: new Uint8Array(BLOCK_BYTES), filled: 0, free: [], sent: 0, waiting: [], hex: null };
    this.#running.set(id, mine);
    return {
      update: (bytes) => {
        for (let at = 0; at < bytes.length;) {
          const piece = bytes.subarray(at, at + BLOCK_BYTES - mine.filled);
          mine.block.set(piece, mine.filled);
          mine.filled += piece.length;
          at += piece.length;
          if (mine.filled === BLOCK_BYTES) this.#send(id, mine);
        }
        return mine.sent > BLOCKS_MAX ? until(mine, () => mine.sent <= BLOCKS_MAX) : undefined;
      },
      hex: async () => {
        this.#send(id, mine);
        this.#post({ id });
        await until(mine, () => mine.hex !== null);
        return mine.hex ?? '';
      },
    };
  }

  end(): void {
    this.#worker.terminate();
  }

  #send(id: number, mine: Running): void {
    const { block, filled: size } = mine;
    this.#post({ id, block, size });
    mine.sent += 1;
    mine.filled = 0;
    mine.block = mine.free.pop() ?? new Uint8Array(BLOCK_BYTES);
  }

  #post(order: HashOrder): void {
    this.#worker.postMessage(order, 'block' in order ? [order.block.buffer] : []);
  }

  #take(news: HashNews): void {
    const mine = this.#running.get(news.id);
    if (mine === undefined) return;
    if ('hex' in news) {
      mine.hex = news.hex;
      this.#running.delete(news.id);
    } else {
      mine.free.push(news.block);
      mine.sent -= 1;
    }
    for (const { resolve } of mine.waiting.splice(0)) resolve();
  }
}

async function until({ waiting }: Running, holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
}
