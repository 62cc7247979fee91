/**
 * A counter of so many bits that goes round, as one that does not. The nearest reading is taken, so it may go back by up to half a round.
 */
export class Counter {
  readonly #round: number;
  #last: number | null = null;

  constructor(bits: 16 | 32) {
    this.#round = 2 ** bits;
  }

  /** The value as it would be without a round; it becomes the last one. */
  advance(value: number): number {
    const next = this.read(value);
    this.#last = next;
    return next;
  }

  /** The same, looked at only. */
  read(value: number): number {
    if (this.#last === null) return value;
    const round = this.#round;
    const step = (((value - this.#last) % round) + round) % round;
    return this.#last + (step >= round / 2 ? step - round : step);
  }
}
