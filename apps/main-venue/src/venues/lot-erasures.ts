import type { Erasure } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { partOfKey } from '@app/evaluation';

/** One order of a log, as a site is told of it. */
export interface SiteErasure {
  /** The entry that orders it. */
  readonly order: number;
  readonly notice: Erasure;
}

/**
 * What a site was told over this line to erase of one log. The orders themselves are the log's: on a new line all of them are told
 * again, so that a site that was cut off hears of each; one that has obeyed has nothing left to do.
 */
export class LotErasures {
  readonly #told = new Set<number>();

  constructor(private readonly origin: string) {}

  /** Orders that the site does not know of yet, oldest first. */
  untold({ setup }: LotState): SiteErasure[] {
    const byOrder = Map.groupBy(Object.entries(setup.erased), ([, order]) => order);
    return [...byOrder]
      .filter(([order]) => !this.#told.has(order))
      .sort(([a], [b]) => a - b)
      .map(([order, named]) => ({ order, notice: { origin: this.origin, parts: named.map(([key]) => partOfKey(key)) } }));
  }

  /** The site has erased what this order names. */
  told(order: number): void {
    this.#told.add(order);
  }
}
