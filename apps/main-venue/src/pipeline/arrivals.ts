import { Injectable } from '@nestjs/common';

/** Commands that have arrived and are not answered yet. */
@Injectable()
export class Arrivals {
  readonly #open = new Set<Promise<void>>();

  /** A command has arrived; returns what to call when it is answered. */
  begin(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const open = promise.then(() => {
      this.#open.delete(open);
    });
    this.#open.add(open);
    return () => {
      resolve(undefined);
    };
  }

  /** Resolves when everything that has arrived until now is answered. */
  async answered(): Promise<void> {
    await Promise.all(this.#open);
  }
}
