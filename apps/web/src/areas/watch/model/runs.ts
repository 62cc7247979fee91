import type { VisibleEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';

/** Something that stands at a time. */
interface Entry {
  readonly header: { readonly at: string };
}

/** The lot as it stood after any of its entries (当时状态): folded once, kept for the next look. `open`: what the reader may see of an entry. */
export class Runs<E extends Entry> {
  readonly #runs: LotRun[];

  constructor(
    begun: LotRun,
    private readonly entries: readonly E[],
    private readonly open: (entry: E) => VisibleEntry,
  ) {
    this.#runs = [begun];
  }

  /** How many entries there were by then. Entries stand in the order of their times. */
  countAt(atMs: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Date.parse(this.entries[middle]?.header.at ?? '') <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** After the first `count` entries. */
  after(count: number): LotRun {
    for (let next = this.#runs.length; next <= count; next += 1) {
      const [before, entry] = [this.#runs[next - 1], this.entries[next - 1]];
      if (before === undefined || entry === undefined) break;
      this.#runs.push(before.next(this.open(entry)));
    }
    const run = this.#runs[Math.min(count, this.#runs.length - 1)];
    if (run === undefined) throw new Error('a lot begins somewhere');
    return run;
  }
}
