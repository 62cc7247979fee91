import type { Command } from '@app/contracts';
import { parseCanonical } from '@app/contracts';
import { zRecordedAct } from '@app/evaluation';
import { Injectable } from '@nestjs/common';
import type { KeptAct, Sql } from '../acts/sealed-acts.js';
import { SealedActs } from '../acts/sealed-acts.js';

const zKept = zRecordedAct.omit({ platform: true });
export const readKept = (act: KeptAct) => zKept.parse(parseCanonical(act.opening.text));

/** Lots whose acts are kept at hand; the one that was asked for longest ago is read again when it is needed. */
export const LOTS_AT_HAND_MAX = 64;

interface KnownActs {
  last: number;
  readonly byOrganisation: Map<string, Command[]>;
}

/**
 * What each organisation has done before in a lot. An act is opened once in a process, when the next one of its lot comes: n acts cost
 * n openings, not their square. Asked while the lot is held ({@link ActOrder}), so that every earlier act is committed and none of this
 * transaction's own is among them.
 */
@Injectable()
export class EarlierActs {
  readonly #lots = new Map<string, KnownActs>();

  constructor(private readonly acts: SealedActs) {}

  /** In order of receipt. */
  async of(sql: Sql, origin: string, organisation: string): Promise<readonly Command[]> {
    const known = this.#lots.get(origin) ?? { last: 0, byOrganisation: new Map<string, Command[]>() };
    for (const kept of await this.acts.ofLot(sql, origin, known.last)) {
      const { organisation: by, command } = readKept(kept);
      known.byOrganisation.set(by.id, [...(known.byOrganisation.get(by.id) ?? []), command]);
      known.last = kept.number;
    }
    this.#lots.delete(origin);
    this.#lots.set(origin, known);
    const [oldest] = this.#lots.keys();
    if (this.#lots.size > LOTS_AT_HAND_MAX && oldest !== undefined) this.#lots.delete(oldest);
    return known.byOrganisation.get(organisation) ?? [];
  }

  /** The lot takes no more acts. */
  forget(origin: string): void {
    this.#lots.delete(origin);
  }
}
