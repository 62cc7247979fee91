import { VENUE_WIRE } from '@app/contracts';
import type { Clock } from '@app/platform';

/** Nonces of what nodes signed: each serves once, and only around the time it was made. */
export class UsedNonces {
  /** Nonces seen, the oldest first, with the time until which they must be remembered. */
  readonly #seen = new Map<string, number>();

  /** What was used before this process began is not known here: nothing from before is taken. */
  readonly #since: string;

  constructor(private readonly clock: Clock) {
    this.#since = clock.instant();
  }

  isInTime(at: string): boolean {
    return at >= this.#since && Math.abs(Date.parse(at) - this.clock.nowMs()) <= VENUE_WIRE.helloSkewMsMax;
  }

  /** False when it was used before; true uses it. Asked when everything else is in order. */
  use(nonce: string): boolean {
    const nowMs = this.clock.nowMs();
    for (const [old, untilMs] of this.#seen) {
      if (untilMs > nowMs) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(nonce)) return false;
    this.#seen.set(nonce, nowMs + 2 * VENUE_WIRE.helloSkewMsMax);
    return true;
  }
}
