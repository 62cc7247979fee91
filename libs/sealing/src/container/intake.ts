/**
 * Something that is read while its bytes come: it waits by `yield` and is answered with the next piece, or with null at the end. So the
 * same code reads what lies in memory and what comes over a line (see {@link Feed}).
 */
export type Reading<T> = Generator<undefined, T, Uint8Array | null>;

const NOTHING = new Uint8Array(0);

/**
 * The bytes that a {@link Reading} has been given and has not used. Pieces are views of what was given, and good until the reading waits
 * again: whoever gave the bytes may write over them then.
 */
export class Intake {
  #held: Uint8Array = NOTHING;
  #isOver = false;

  /** The next `size` bytes, which stay; fewer at the end. */
  *peek(size: number): Reading<Uint8Array> {
    while (this.#held.length < size && !this.#isOver) {
      const more = yield* this.#next();
      if (this.#held.length === 0) this.#held = more;
      else if (more.length > 0) this.#held = joined(this.#held, more);
    }
    return this.#held.subarray(0, size);
  }

  /** The next `size` bytes; fewer at the end. */
  *take(size: number): Reading<Uint8Array> {
    const taken = yield* this.peek(size);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  /** Gives the next `size` bytes to `use` as they come; says how many there were. */
  *pass(size: number, use: (piece: Uint8Array) => void): Reading<number> {
    let passed = 0;
    while (passed < size) {
      const held = this.#held.length > 0 ? this.#held : yield* this.#next();
      if (held.length === 0 && this.#isOver) break;
      const piece = held.subarray(0, size - passed);
      this.#held = held.subarray(piece.length);
      if (piece.length > 0) use(piece);
      passed += piece.length;
    }
    return passed;
  }

  *#next(): Reading<Uint8Array> {
    if (this.#held.length > 0) this.#held = new Uint8Array(this.#held);
    const more = this.#isOver ? null : yield;
    this.#isOver = more === null;
    return more ?? NOTHING;
  }
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const out = new Uint8Array(one.length + two.length);
  out.set(one);
  out.set(two, one.length);
  return out;
}

/** Gives a {@link Reading} its bytes. What it throws comes out of `push` or `end`. */
export class Feed<T> {
  readonly #reading: Reading<T>;
  #step: IteratorResult<undefined, T>;

  constructor(reading: Reading<T>) {
    this.#reading = reading;
    this.#step = reading.next();
  }

  /** Keeps no view of `bytes`. Those after the reading has its result are left aside. */
  push(bytes: Uint8Array): void {
    if (this.#step.done !== true) this.#step = this.#reading.next(bytes);
  }

  /** Nothing more comes: the result. */
  end(): T {
    while (this.#step.done !== true) this.#step = this.#reading.next(null);
    return this.#step.value;
  }
}
