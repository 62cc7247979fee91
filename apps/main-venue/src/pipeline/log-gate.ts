import type { Contributed } from '@app/platform';
import { Contributions } from '@app/platform';
import { Injectable } from '@nestjs/common';

/**
 * Says which logs take no commands for now. A part of the house that may find a log unfit brings its own as a provider with
 * `@Contributes(LogGate)`; the pipeline asks each before it decides anything.
 */
export abstract class LogGate {
  /** Why this log is closed, in a sentence for whoever sent a command; null when it is open. Asked for every command: must be quick. */
  abstract reason(origin: string): string | null;
}

/** Every gate of the house: a log is open when none of them closes it. */
@Injectable()
export class LogGates {
  readonly #gates: Contributed<LogGate>;

  constructor(contributions: Contributions) {
    this.#gates = contributions.to(LogGate);
  }

  reason(origin: string): string | null {
    for (const gate of this.#gates.all) {
      const reason = gate.reason(origin);
      if (reason !== null) return reason;
    }
    return null;
  }
}
