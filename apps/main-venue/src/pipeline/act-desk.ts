import type { Outcome } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { Contributed } from '@app/platform';
import { Contributions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Admitted } from './command-door.js';

/**
 * Takes commands that are decided on a lot's state and do not become an entry at once. Whoever keeps such acts brings its desk as a
 * provider with `@Contributes(ActDesk)`.
 */
export abstract class ActDesk {
  abstract takes(type: string): boolean;
  /** The outcome, which is kept when it is an acceptance: the same command gets it again. */
  abstract accept(admitted: Admitted, state: LotState): Promise<Outcome>;
}

/** Every desk of the house. */
@Injectable()
export class ActDesks {
  readonly #desks: Contributed<ActDesk>;

  constructor(contributions: Contributions) {
    this.#desks = contributions.to(ActDesk);
  }

  /** Null for a command that goes to its log. */
  for(type: string): ActDesk | null {
    return this.#desks.all.find((desk) => desk.takes(type)) ?? null;
  }
}
