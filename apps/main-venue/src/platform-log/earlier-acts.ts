import { parseCanonical } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { ActBook, zRecordedAct } from '@app/evaluation';
import { forgetOldest } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { KeptAct, Sql } from '../acts/sealed-acts.js';
import { SealedActs } from '../acts/sealed-acts.js';

/** An act as it is kept before it has a place in the platform log. */
export type Kept = Omit<RecordedAct, 'platform'>;
const zKept = zRecordedAct.omit({ platform: true });
export const readKept = (act: KeptAct): Kept => zKept.parse(parseCanonical(act.opening.text));

/** Lots whose acts are kept at hand; the one that was asked for longest ago is read again when it is needed. */
export const LOTS_AT_HAND_MAX = 64;

interface KnownActs {
  last: number;
  readonly book: ActBook;
}

/**
 * What the acts of a lot have come to. An act is opened once in a process, when the next one of its lot comes: n acts cost n openings, not
 * their square. Asked while the lot is held ({@link ActOrder}), so that every earlier act is committed and none of this transaction's own
 * is among them.
 */
@Injectable()
export class EarlierActs {
  readonly #lots = new Map<string, KnownActs>();

  constructor(private readonly acts: SealedActs) {}

  /** Changes with the next act of the lot: use it before anything else is waited for. */
  async of(sql: Sql, origin: string): Promise<ActBook> {
    const known = this.#lots.get(origin) ?? { last: 0, book: new ActBook() };
    for (const kept of await this.acts.ofLot(sql, origin, known.last)) {
      known.book.add(readKept(kept));
      known.last = kept.number;
    }
    this.#lots.delete(origin);
    this.#lots.set(origin, known);
    forgetOldest(this.#lots, LOTS_AT_HAND_MAX);
    return known.book;
  }

  /** The lot takes no more acts. */
  forget(origin: string): void {
    this.#lots.delete(origin);
  }
}
