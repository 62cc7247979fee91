import { Worker } from 'node:worker_threads';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidAnswer, BidWork } from './bid-work.js';

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Seals and opens bids on a thread of its own, from file to file: a bid of two gigabytes lies in nobody's memory and stops nobody's event
 * loop. Tasks are done one after the other. The thread begins with the first task, and anew when it has died; `close` ends it.
 */
export class BidThread {
  readonly #profile: CryptoProfile;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #tasks = 0;
  #isClosed = false;

  constructor(profile: CryptoProfile) {
    this.#profile = profile;
  }

  /** Header of the inner layer of the ciphertext at `path`; throws when the file cannot be read. */
  extract(asked: BidWork['extract']['asked']): Promise<BidWork['extract']['answer']> {
    return this.#ask('extract', asked);
  }

  /** Checks the ciphertext at `path` as a whole; throws when the file cannot be read. */
  open(asked: BidWork['open']['asked']): Promise<BidWork['open']['answer']> {
    return this.#ask('open', asked);
  }

  /** Seals the parts at their paths into a new file `to`. Throws, and leaves no file, when that cannot be. */
  seal(asked: BidWork['seal']['asked']): Promise<BidWork['seal']['answer']> {
    return this.#ask('seal', asked);
  }

  /** What is not done yet fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#abandon(new Error('the thread was closed'));
    await worker?.terminate();
  }

  #ask<K extends keyof BidWork>(kind: K, asked: BidWork[K]['asked']): Promise<BidWork[K]['answer']> {
    if (this.#isClosed) return Promise.reject(new Error('the thread was closed'));
    this.#worker ??= this.#begin();
    this.#worker.ref();
    const id = (this.#tasks += 1);
    const answer = new Promise<BidWork[K]['answer']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#worker.postMessage({ id, profile: this.#profile.id, kind, asked });
    return answer;
  }

  #begin(): Worker {
    const name = import.meta.url.endsWith('.ts') ? './bid-worker.ts' : './bid-worker.js';
    // Chunks are dead as soon as they are used: a small nursery gives their memory back soon.
    const worker = new Worker(new URL(name, import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 2 } });
    worker.on('message', (answer: BidAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('error' in answer) waiting?.reject(new Error(answer.error));
      else waiting?.resolve(answer.value as never);
      if (this.#waiting.size === 0) worker.unref();
    });
    worker.on('error', (error: Error) => {
      if (this.#worker === worker) this.#abandon(error);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#abandon(new Error('the thread ended'));
    });
    return worker;
  }

  #abandon(error: Error): void {
    this.#worker = null;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}
