/** One place of the committee to fill: who may be drawn for it, and where he will sit. */
export interface DrawSlot {
  readonly slot: string;
  readonly specialty: string;
  readonly city: string | null;
  readonly venue: string;
}

export type ContactOutcome = 'ACCEPTED' | 'DECLINED' | 'TIMEOUT' | 'RECUSED' | 'NO_SHOW' | 'REPLACED';

export interface DrawState {
  /** Null until `draw.request`; a new request is a new version, never an edit. */
  readonly request: { readonly version: number; readonly slots: readonly DrawSlot[]; readonly nonceParties: readonly string[] } | null;
  readonly snapshot: { readonly index: string; readonly count: number } | null;
  readonly commits: Readonly<Record<string, string>>;
  readonly reveals: Readonly<Record<string, string>>;
  readonly seed: string | null;
  /** Pool pseudonyms in drawn order. */
  readonly order: readonly string[];
  readonly contacts: readonly { readonly candidate: string; readonly outcome: ContactOutcome; readonly at: string }[];
  /** Slot → candidate and the party he was admitted as. */
  readonly filled: Readonly<Record<string, { readonly candidate: string; readonly party: string }>>;
}

export const initialDraw: DrawState = {
  request: null,
  snapshot: null,
  commits: {},
  reveals: {},
  seed: null,
  order: [],
  contacts: [],
  filled: {},
};
