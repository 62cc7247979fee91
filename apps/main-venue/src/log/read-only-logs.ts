import type { Logger } from '@app/platform';
import { Contributes } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { LogGate } from '../pipeline/log-gate.js';

/** Logs that take no entries because the database does not hold what was witnessed. In memory: each start compares anew. */
@Contributes(LogGate)
@Injectable()
export class ReadOnlyLogs extends LogGate {
  readonly #reasons = new Map<string, string>();

  constructor(@Inject(LOGGER) private readonly logger: Logger) {
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
}
