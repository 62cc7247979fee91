import type { CancelTimer } from './clock.js';
import { Clock } from './clock.js';

interface Pending {
  readonly atMs: number;
  readonly order: number;
  readonly fn: () => void;
}

/** A clock that stands still until a test moves it. Timers fire inside {@link advance}, in order of time, then of making. */
export class FakeClock extends Clock {
  #nowMs: number;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(start = '2026-03-24T01:30:00.000Z') {
    super();
    this.#nowMs = Date.parse(start);
    if (Number.isNaN(this.#nowMs)) throw new RangeError(`not an instant: ${start}`);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, fn: () => void): CancelTimer {
    const entry: Pending = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, fn };
    this.#pending.add(entry);
    return () => {
      this.#pending.delete(entry);
    };
  }

  /** Number of timers that wait: a test can show that nothing was left armed. */
  get waiting(): number {
    return this.#pending.size;
  }

  /** Moves on by `ms`, firing every timer on the way at its own instant; microtasks run between two timers. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (let next = this.#due(endMs); next !== undefined; next = this.#due(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.#pending.delete(next);
      next.fn();
      await Promise.resolve();
    }
    this.#nowMs = endMs;
  }

  #due(endMs: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (entry.atMs > endMs) continue;
      if (first === undefined || entry.atMs < first.atMs || (entry.atMs === first.atMs && entry.order < first.order)) first = entry;
    }
    return first;
  }
}
