interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts single calls together: while one statement is under way the next one collects what arrives, so that a hundred jobs that end
 * at once cost one commit. `send` answers a result for each item, in order; when it fails, each of its callers hears the failure.
 */
export class Batcher<T, R> {
  readonly #waiting: Waiting<T, R>[] = [];
  #isSending = false;

  constructor(
    private readonly sizeMax: number,
    private readonly send: (items: readonly T[]) => Promise<readonly R[]>,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      // After this turn of the event loop: whatever the same packet brought goes along.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.sizeMax);
      try {
        const results = await this.send(batch.map(({ item }) => item));
        if (results.length !== batch.length) throw new RangeError(`${batch.length} items were sent and ${results.length} answered`);
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isSending = false;
  }
}
