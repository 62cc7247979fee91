import { fromBase64Url } from '@app/contracts';
import { Worker } from 'node:worker_threads';
import { ecdsaDer } from '../certificates/der.js';
import { publicKeyDer } from '../keys/der-keys.js';
import { decodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { isStrictSignature } from '../profile/node-primitives.js';

/** Tasks the other thread holds at most; above it this thread does them itself. */
const SHARED_TASKS_MAX = 128;
/** While the other thread holds fewer, it gets all that comes: this one has the rest of the work to do. */
const LIGHT_TASKS = 64;
/** Tasks that this thread does in one turn of the event loop: then it hands out again, and others get their turn. */
const OWN_TASKS_MAX = 64;
const WORD = 4;

interface Waiting {
  readonly publicKey: string;
  readonly message: Uint8Array;
  readonly signature: string;
  readonly settle: (isGood: boolean) => void;
}

/**
 * Checks signatures on one more thread while this one helps: of what has come in during a turn of the event loop the other thread
 * gets all while it has little to do, else half. A single signature is checked at once here, because a message to a thread costs as much as waiting for one.
 * Results are those of `profile.verify`. Owns its thread; `close` ends it.
 */
export class SharedVerifier {
  readonly #profile: CryptoProfile;
  #worker: Worker | null;
  /** Waiting for either thread, oldest first, from `#next` on. */
  #queue: Waiting[] = [];
  #next = 0;
  /** Batches the other thread works on, oldest first: it answers in order. */
  readonly #away: Waiting[][] = [];
  #awayCount = 0;
  #isScheduled = false;

  constructor(profile: CryptoProfile) {
    this.#profile = profile;
    const name = import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js';
    this.#worker = new Worker(new URL(name, import.meta.url));
    this.#worker.unref();
    this.#worker.on('message', (results: Uint8Array) => {
      this.#settle(results);
    });
    // A thread that dies takes no answer with it: this one does the rest, from now on alone.
    this.#worker.on('error', () => {
      this.#abandonWorker();
    });
  }

  verify(publicKey: string, message: Uint8Array, signature: string): Promise<boolean> {
    return new Promise((settle) => {
      this.#queue.push({ publicKey, message, signature, settle });
      this.#schedule();
    });
  }

  /** Finishes what was asked on this thread and ends the other. Calling it twice does nothing more. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#abandonWorker();
    for (const waiting of this.#take(this.#waitingCount)) this.#verifyHere(waiting);
    await worker?.terminate();
  }

  get #waitingCount(): number {
    return this.#queue.length - this.#next;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
      if (this.#waitingCount > 0) this.#schedule();
    });
  }

  #flush(): void {
    const count = this.#waitingCount;
    const share = count === 1 ? 0 : Math.max(Math.floor(count / 2), LIGHT_TASKS - this.#awayCount);
    const room = this.#worker === null ? 0 : Math.max(0, SHARED_TASKS_MAX - this.#awayCount);
    const given = this.#take(Math.min(share, room));
    if (given.length > 0) this.#give(given);
    for (const waiting of this.#take(OWN_TASKS_MAX)) this.#verifyHere(waiting);
  }

  #take(count: number): Waiting[] {
    const taken = this.#queue.slice(this.#next, this.#next + count);
    this.#next += taken.length;
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    }
    return taken;
  }

  #give(batch: readonly Waiting[]): void {
    const fields: Uint8Array[] = [];
    const sent: Waiting[] = [];
    for (const waiting of batch) {
      const task = taskOf(waiting);
      if (task === null) waiting.settle(false);
      else {
        fields.push(...task);
        sent.push(waiting);
      }
    }
    if (sent.length === 0) return;
    this.#away.push(sent);
    this.#awayCount += sent.length;
    const packed = pack(fields);
    this.#worker?.postMessage(packed, [packed]);
  }

  #settle(results: Uint8Array): void {
    const batch = this.#away.shift() ?? [];
    this.#awayCount -= batch.length;
    batch.forEach((waiting, at) => {
      waiting.settle(results[at] === 1);
    });
  }

  #abandonWorker(): void {
    this.#worker = null;
    const lost = this.#away.splice(0).flat();
    this.#awayCount = 0;
    for (const waiting of lost) this.#verifyHere(waiting);
  }

  #verifyHere({ publicKey, message, signature, settle }: Waiting): void {
    settle(this.#profile.verify(publicKey, message, signature));
  }
}

/** Key, message and signature for the other thread, or null when the key or the form of the signature is already no good. */
function taskOf({ publicKey, message, signature }: Waiting): [Uint8Array, Uint8Array, Uint8Array] | null {
  const key = decodePublicKey(publicKey);
  if (key === null || key.kind === 'agreement') return null;
  try {
    const bytes = fromBase64Url(signature);
    if (!isStrictSignature(key.kind, key.raw, bytes)) return null;
    return [publicKeyDer(key.kind, key.raw), message, key.kind === 'command' ? ecdsaDer(bytes) : bytes];
  } catch {
    return null;
  }
}

/** Tasks of three fields each in one buffer; see verify-worker.ts. */
function pack(fields: readonly Uint8Array[]): ArrayBuffer {
  const out = Buffer.from(new ArrayBuffer(fields.reduce((sum, { length }) => sum + WORD + length, 0)));
  let at = 0;
  for (let first = 0; first < fields.length; first += 3) {
    const task = fields.slice(first, first + 3);
    for (const { length } of task) at = out.writeUInt32LE(length, at);
    for (const field of task) {
      out.set(field, at);
      at += field.length;
    }
  }
  return out.buffer;
}
