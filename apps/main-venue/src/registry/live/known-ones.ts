/**
 * What was read of a table, by key, until it is forgotten. A value whose reading began before it was told to forget is answered and not
 * kept: it may be the old one. Grows to `countMax`, then starts over.
 */
export class KnownOnes<Value> {
  readonly #known = new Map<string, Value>();
  #reading = 0;
  #epoch = 0;

  constructor(private readonly countMax: number) {}

  async get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const epoch = this.#epoch;
    this.#reading += 1;
    try {
      const value = await read();
      if (epoch === this.#epoch) {
        if (this.#known.size >= this.countMax) this.#known.clear();
        this.#known.set(key, value);
      }
      return value;
    } finally {
      this.#reading -= 1;
    }
  }

  /** Whether somebody may hold on to one that is forgotten now: it was known, or is being read. */
  forget(isOver: (key: string, value: Value) => boolean): boolean {
    this.#epoch += 1;
    let found = this.#reading > 0;
    for (const [key, value] of this.#known) {
      if (!isOver(key, value)) continue;
      this.#known.delete(key);
      found = true;
    }
    return found;
  }

  forgetAll(): boolean {
    return this.forget(() => true);
  }
}
