import type { z } from 'zod';
import type { Candidate, CONTACT_OUTCOMES, zSlot } from './commands.js';

export type DrawSlot = z.infer<typeof zSlot>;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

export interface DrawState {
  /** Null until `draw.request`; a change is a new version, never an edit. */
  readonly request: { readonly version: number; readonly slots: readonly DrawSlot[]; readonly nonceParties: readonly string[] } | null;
  /** Snapshot of the pool (专家库): pseudonyms only. */
  readonly pool: { readonly index: string; readonly candidates: readonly Candidate[]; readonly recused: number } | null;
  readonly commits: Readonly<Record<string, string>>;
  readonly reveals: Readonly<Record<string, string>>;
  /** One seed per lot and round, for life. */
  readonly seed: string | null;
  /** The pool's pseudonyms in drawn order; itself the list of substitutes. */
  readonly order: readonly string[];
  /** What became of each candidate who was contacted. */
  readonly contacts: Readonly<Record<string, { readonly outcome: ContactOutcome; readonly at: string }>>;
  /** Slot → who took it; open again when that party has left. */
  readonly filled: Readonly<Record<string, { readonly candidate: string; readonly party: string }>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly draw: DrawState;
  }
}

export const initialDraw: DrawState = {
  request: null,
  pool: null,
  commits: {},
  reveals: {},
  seed: null,
  order: [],
  contacts: {},
  filled: {},
};
