import type { LotName } from './api.js';

const keyOf = ({ lot, round }: LotName): string => `${lot}/${round}`;

/** What a book keeps of each lot; the real one is an OpenLot. */
export interface Closeable {
  close(): void;
}

/**
 * Lots that are open in this window: one object each, however many places look at it, closed when the last one has let go. Generic,
 * so that who opens lots stays out of who counts them.
 */
export class LotBook<L extends Closeable> {
  readonly #open = new Map<string, { readonly lot: L; holders: number }>();

  constructor(private readonly make: (name: LotName) => L) {}

  /** The lot, opened if it was not. Every call is to be answered by one {@link release}. */
  hold(name: LotName): L {
    const key = keyOf(name);
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.holders += 1;
      return known.lot;
    }
    const lot = this.make(name);
    this.#open.set(key, { lot, holders: 1 });
    return lot;
  }

  /** Lets go of a lot that was held; one that nobody holds is left alone. */
  release(name: LotName): void {
    const key = keyOf(name);
    const known = this.#open.get(key);
    if (known === undefined) return;
    known.holders -= 1;
    if (known.holders > 0) return;
    this.#open.delete(key);
    known.lot.close();
  }

  /** Lots that are open now. */
  get size(): number {
    return this.#open.size;
  }
}
