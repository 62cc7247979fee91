import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';

const MINUTE_MS = 60_000;
/** Organisations that are watched at the same time; who is quiet for a minute is forgotten. */
const WATCHED_MAX = 100_000;

interface Allowance {
  left: number;
  atMs: number;
}

/**
 * How many acts of one lot an organisation may send in a minute (`ACTS_PER_MINUTE_MAX`), whatever becomes of them: what is too much is
 * turned away before it costs the lot anything. In memory; another process of the venue counts for itself.
 */
@Injectable()
export class ActRate {
  /** In order of last use. */
  readonly #allowances = new Map<string, Allowance>();

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'ACTS_PER_MINUTE_MAX'>,
  ) {}

  /** Whether one more may come now; it is counted. */
  takes(origin: string, organisation: string): boolean {
    const { ACTS_PER_MINUTE_MAX: most } = this.config;
    const name = `${origin}\n${organisation}`;
    const nowMs = this.clock.nowMs();
    const known = this.#allowances.get(name) ?? { left: most, atMs: nowMs };
    // A clock that was set back gives nothing and takes nothing.
    const passedMs = Math.max(0, nowMs - known.atMs);
    const left = Math.min(most, known.left + (passedMs * most) / MINUTE_MS);
    this.#allowances.delete(name);
    this.#allowances.set(name, { left: left < 1 ? left : left - 1, atMs: nowMs });
    this.#forget(nowMs);
    return left >= 1;
  }

  #forget(nowMs: number): void {
    for (const [name, { atMs }] of this.#allowances) {
      if (nowMs - atMs < MINUTE_MS && this.#allowances.size <= WATCHED_MAX) return;
      this.#allowances.delete(name);
    }
  }
}
