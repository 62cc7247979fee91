import type { Logger } from '@app/platform';
import { LogGuard } from './log.types.js';

/** Logs that take no entries because the database does not hold what was witnessed. In memory: each start compares anew. */
export class ReadOnlyGuard extends LogGuard {
  readonly #reasons = new Map<string, string>();

  constructor(private readonly logger: Logger) {
    super();
  }

  reason(origin: string): string | null {
    return this.#reasons.get(origin) ?? null;
  }

  close(origin: string, reason: string): void {
    if (!this.#reasons.has(origin)) this.logger.error({ origin, reason }, 'log: read-only until it is healed');
    this.#reasons.set(origin, reason);
  }

  open(origin: string): void {
    if (this.#reasons.delete(origin)) this.logger.warn({ origin }, 'log: writable again');
  }

  /** Logs that are closed now, for the health page. */
  closed(): ReadonlyMap<string, string> {
    return this.#reasons;
  }
}
