/** Bytes of one slot of a {@link HashRing}. */
export const SLOT_BYTES = 1 << 17;
const SLOTS = 8;
const WORD = 4;
/** Words before a slot's bytes: whose hash it is, how many bytes, and whether it asks for the digest. */
const HEAD_WORDS = 3;
const WRITTEN = 0;
const DONE = 1;
const COUNTERS = 2;

/** What one slot says: bytes for a hash, or that its digest is wanted, which then takes the place of the bytes. */
export interface Slot {
  readonly id: number;
  readonly isEnd: boolean;
  readonly bytes: Uint8Array;
}

/**
 * Memory that two threads share, in slots that go round: one thread writes, the other takes in order and says how far it is. Either waits
 * for the other without spinning. Counters run on past 2^31 and are compared by their difference.
 */
export class HashRing {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer((COUNTERS + SLOTS * HEAD_WORDS) * WORD + SLOTS * SLOT_BYTES)) {
    this.memory = memory;
    this.#words = new Int32Array(memory, 0, COUNTERS + SLOTS * HEAD_WORDS);
    this.#bytes = new Uint8Array(memory, this.#words.byteLength);
  }

  /** Number of the slot that was written. Throws when no slot became free within `msMax`. */
  write(id: number, isEnd: boolean, bytes: Uint8Array, msMax: number): number {
    const number = Atomics.load(this.#words, WRITTEN);
    this.waitFor(number - SLOTS, msMax);
    const at = this.#place(number);
    const head = COUNTERS + at * HEAD_WORDS;
    this.#words.set([id, bytes.length, isEnd ? 1 : 0], head);
    this.#bytes.set(bytes, at * SLOT_BYTES);
    Atomics.add(this.#words, WRITTEN, 1);
    Atomics.notify(this.#words, WRITTEN);
    return number;
  }

  /** Returns when slot `number` was taken. Throws when that takes longer than `msMax`. */
  waitFor(number: number, msMax: number): void {
    for (let done = Atomics.load(this.#words, DONE); ((done - number) | 0) <= 0; done = Atomics.load(this.#words, DONE))
      if (Atomics.wait(this.#words, DONE, done, msMax) === 'timed-out') throw new Error('the thread that hashes does not answer');
  }

  /** What stands in a slot: the digest, once it was asked for and taken. Good until the slot is written again. */
  bytesOf(number: number, size: number): Uint8Array {
    return this.#bytes.subarray(this.#place(number) * SLOT_BYTES).subarray(0, size);
  }

  /** Waits for the next slot, has it dealt with, and says so. */
  take(deal: (slot: Slot) => void): void {
    const number = Atomics.load(this.#words, DONE);
    while (Atomics.load(this.#words, WRITTEN) === number) Atomics.wait(this.#words, WRITTEN, number);
    const at = COUNTERS + this.#place(number) * HEAD_WORDS;
    const [id = 0, size = 0, isEnd = 0] = this.#words.subarray(at, at + HEAD_WORDS);
    deal({ id, isEnd: isEnd === 1, bytes: this.bytesOf(number, isEnd === 1 ? SLOT_BYTES : size) });
    Atomics.add(this.#words, DONE, 1);
    Atomics.notify(this.#words, DONE);
  }

  #place(number: number): number {
    return (number >>> 0) % SLOTS;
  }
}
