import { type ActContext, type ActDecision, decideAct, standingAfter } from './acts.js';
import { ACTS_MAX, BIDS_MAX, type Delivery, type RecordedAct } from './commands.js';
import type { DroppedAct } from './events.js';
import { type LotState, own } from '../kernel/state.js';

/** An act that is not yet recorded, with what the venue knows of it. */
export type NewAct = ActContext & Pick<RecordedAct, 'command' | 'organisation'>;

/** One standing bid with the act that made it stand. */
export interface StandingBid<A> {
  readonly delivery: Delivery;
  readonly act: A;
  /** Acts of the lot before this one. */
  readonly number: number;
}

interface OrganisationActs<A> {
  readonly count: number;
  /** Receipt of the newest. */
  readonly at: string;
  readonly standing: StandingBid<A> | null;
}

/**
 * What the recorded acts of a lot have come to, kept from act to act: deciding one costs the same however many came before. Belongs to
 * whoever made it; `add` takes only what `decide` took.
 */
export class ActBook<A extends NewAct = NewAct> {
  readonly #organisations = new Map<string, OrganisationActs<A>>();
  readonly #ids = new Set<string>();
  /** Who has delivered a bid under this id, also one that stands no more. */
  readonly #bids = new Map<string, string>();
  #standing = 0;

  /** Acts that an organisation (by its id) has recorded for the lot. */
  countOf(organisation: string): number {
    return this.#organisations.get(organisation)?.count ?? 0;
  }

  /** Receipt of an organisation's newest act; empty without one. */
  newestOf(organisation: string): string {
    return this.#organisations.get(organisation)?.at ?? '';
  }

  /**
   * Why the lot has no room for one more act like this, in a sentence; null when it has. Asked before an act is recorded, not at the lock.
   */
  roomFault({ command: { type } }: NewAct): string | null {
    if (this.#ids.size >= ACTS_MAX) return `a lot takes ${String(ACTS_MAX)} acts`;
    return type === 'bidding.deliver' && this.#standing >= BIDS_MAX ? `a lot takes ${String(BIDS_MAX)} bids` : null;
  }

  decide(state: LotState, act: NewAct): ActDecision {
    const { command, organisation } = act;
    const before = {
      isRecorded: this.#ids.has(command.id),
      standing: this.#organisations.get(organisation.id)?.standing?.delivery ?? null,
      isTaken: (bid: string) => (this.#bids.get(bid) ?? organisation.id) !== organisation.id,
    };
    return decideAct(state, before, command, act);
  }

  add(act: A): void {
    const { command, organisation, at } = act;
    const known = this.#organisations.get(organisation.id) ?? { count: 0, standing: null };
    const delivery = standingAfter(command, known.standing?.delivery ?? null);
    const isNew = delivery !== null && delivery.bid !== known.standing?.delivery.bid;
    const standing = isNew ? { delivery, act, number: this.#ids.size } : delivery === null ? null : known.standing;
    this.#organisations.set(organisation.id, { count: known.count + 1, at, standing });
    this.#standing += Number(standing !== null) - Number(known.standing !== null);
    this.#ids.add(command.id);
    if (isNew) this.#bids.set(delivery.bid, organisation.id);
  }

  /** Bids that stand, oldest delivery first. */
  standing(): StandingBid<A>[] {
    const bids = [...this.#organisations.values()].flatMap(({ standing }) => standing ?? []);
    return bids.sort((one, two) => one.number - two.number);
  }
}

interface ReplayedActs {
  readonly bids: StandingBid<RecordedAct>[];
  readonly dropped: DroppedAct[];
  /** Objections to the document that stand and that nobody has answered (条例 22), in the order of receipt. */
  readonly objections: string[];
}

/**
 * The acts of a lot decided again in the order of receipt, and the bids that stand in the end. What does not stand is dropped with its
 * reason and stops nothing: one bad act must not keep everybody's bids shut (SEC-7).
 */
export function replayActs(state: LotState, acts: readonly RecordedAct[]): ReplayedActs {
  const book = new ActBook<RecordedAct>();
  const dropped: DroppedAct[] = [];
  const objections: string[] = [];
  for (const act of inOrderOfReceipt(acts, ({ at }) => at)) {
    const { id, type } = act.command;
    const decision = book.decide(state, act);
    if (!decision.ok) {
      dropped.push({ act: id, code: decision.code, message: decision.message });
      continue;
    }
    book.add(act);
    if (type === 'bidding.object' && own(state.bidding.answers, id) === undefined) objections.push(id);
  }
  const standing = book.standing();
  for (const { act } of standing.slice(BIDS_MAX))
    dropped.push({ act: act.command.id, code: 'TOO_LARGE', message: `a lot takes ${String(BIDS_MAX)} bids` });
  return { bids: standing.slice(0, BIDS_MAX), dropped, objections };
}

/** By receipt; what came at the same instant stays in the order given. */
export const inOrderOfReceipt = <T>(items: readonly T[], at: (item: T) => string): T[] =>
  [...items].sort((one, two) => (at(one) < at(two) ? -1 : at(one) > at(two) ? 1 : 0));
