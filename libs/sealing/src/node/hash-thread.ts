import { fromUtf8 } from '@app/contracts';
import { Worker } from 'node:worker_threads';
import type { RunningHash } from '../profile/primitives.js';
import { HashRing, SLOT_BYTES } from './hash-ring.js';

const DIGEST_CHARACTERS = 64;
const NOTHING = new Uint8Array(0);
/** Longer than the slots of the ring take on any machine that still works. */
const ANSWER_MS_MAX = 60_000;

/**
 * Hashes on one more thread, while this one ciphers what is hashed: of opening a bid in two layers that is two thirds of the work. Bytes are copied, so that the caller may write over them at once. For threads that may wait: `update` does when the other is
 * behind, `hex` always. The thread lives as long as the one that made it, and ends with it.
 */
export class HashThread {
  readonly #ring = new HashRing();
  #ids = 0;

  constructor() {
    const name = import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js';
    new Worker(new URL(name, import.meta.url), { workerData: this.#ring.memory }).unref();
  }

  /** `update` and `hex` throw when the other thread has died. */
  newHash(): RunningHash {
    const id = (this.#ids = (this.#ids + 1) | 0);
    return {
      update: (bytes) => {
        for (let at = 0; at < bytes.length; at += SLOT_BYTES)
          this.#ring.write(id, false, bytes.subarray(at, at + SLOT_BYTES), ANSWER_MS_MAX);
      },
      hex: () => {
        const slot = this.#ring.write(id, true, NOTHING, ANSWER_MS_MAX);
        this.#ring.waitFor(slot, ANSWER_MS_MAX);
        return fromUtf8(new Uint8Array(this.#ring.bytesOf(slot, DIGEST_CHARACTERS)));
      },
    };
  }
}
