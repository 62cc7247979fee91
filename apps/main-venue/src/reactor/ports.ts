import type { Binding, Candidate, LotState, Pool } from '@app/evaluation';

/** What the node's duties need of the rest of the venue. */

/** The expert pool (评标专家库) and whoever calls the drawn. */
export abstract class ExpertPool {
  /** Snapshot for a lot: pseudonyms of active experts whom no recusal rule hits. The list is kept as a file before this returns. */
  abstract snapshot(state: LotState): Promise<Pool>;
  /** The same in the form that engine 0.1.0 takes: the list itself. */
  abstract listed(state: LotState): Promise<ListedPool>;
  /** Milliseconds after which whoever waits for an outcome asks again. */
  abstract readonly askAgainMs: number;
  /**
   * Calls a drawn expert, once however often it is asked; null while there is no outcome yet. Whoever accepts is bound as `party` and gets
   * a seat at `venue`.
   */
  abstract contact(state: LotState, candidate: string, party: string, venue: string): Promise<ContactResult | null>;
}

export interface ListedPool {
  readonly index: string;
  readonly candidates: readonly Omit<Candidate, 'person'>[];
  readonly recused: number;
}

export interface ContactResult {
  /** Who was called, and what opens the list's commitment to them. */
  readonly person: { readonly id: string; readonly salt: string };
  readonly outcome: 'ACCEPTED' | 'DECLINED' | 'TIMEOUT' | 'RECUSED';
  readonly reason: string | null;
  /** Commitment to the call's or message's record under the person's salt. */
  readonly evidence: string | null;
  readonly seat: string | null;
  readonly binding: Binding | null;
}
