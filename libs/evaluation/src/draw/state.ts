import type { z } from 'zod';
import { profileFor } from '../lot/index.js';
import { event } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { drawOrder } from './order.js';
import type { CONTACT_OUTCOMES, Candidate, zSlot } from './commands.js';
import * as events from './events.js';

export type DrawSlot = z.infer<typeof zSlot>;
type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

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

const draw = (state: LotState, change: Partial<DrawState>): LotState => ({ ...state, draw: { ...state.draw, ...change } });

export const drawEvents = {
  'draw.requested': event({
    schema: events.zRequested,
    evolve: (state, { version, slots, nonceParties }) => draw(state, { request: { version, slots, nonceParties } }),
  }),
  'draw.nonce-committed': event({
    schema: events.zNonceCommitted,
    evolve: (state, { party, commitment }) => draw(state, { commits: { ...state.draw.commits, [party]: commitment } }),
  }),
  'draw.pool-fixed': event({
    schema: events.zPoolFixed,
    evolve: (state, { index, candidates, recused }) => draw(state, { pool: { index, candidates, recused } }),
  }),
  'draw.nonce-revealed': event({
    schema: events.zNonceRevealed,
    evolve: (state, { party, nonce }) => draw(state, { reveals: { ...state.draw.reveals, [party]: nonce } }),
  }),
  'draw.seeded': event({
    schema: events.zSeeded,
    evolve: (state, { seed }) => {
      const ids = (state.draw.pool?.candidates ?? []).map(({ id }) => id);
      return draw(state, { seed, order: drawOrder(profileFor(state), seed, ids) });
    },
  }),
  'draw.contacted': event({
    schema: events.zContacted,
    evolve: (state, { at, candidate, outcome, slot, party }) => {
      const contacts = { ...state.draw.contacts, [candidate]: { outcome, at } };
      if (slot === null || party === null) return draw(state, { contacts });
      return draw(state, { contacts, filled: { ...state.draw.filled, [slot]: { candidate, party } } });
    },
  }),
} as const;
