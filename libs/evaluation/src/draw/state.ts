import { profileFor } from '../lot/index.js';
import { event } from '../kernel/slice.js';
import { type LotState, withFault } from '../kernel/state.js';
import { drawRank } from './order.js';
import type { CALL_OUTCOMES, Candidate, DrawSlot } from './commands.js';
import type { SealedSheet } from '../sealed-step/index.js';
import type { PoolHead } from './pool.js';
import { heldPlaces } from './places.js';
import * as events from './events.js';

type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Snapshot of the pool (专家库): who is in it, only as a root and a count. */
interface FrozenPool extends PoolHead {
  readonly index: string;
  readonly recused: number;
  /** File of the list, and the entry that froze it; both null where the log holds the list. */
  readonly blob: string | null;
  readonly seq: number | null;
  /** The list where the log holds it: a lot that was founded under engine 0.1.0. */
  readonly listed: readonly Candidate[] | null;
}

export interface DrawRequest {
  readonly version: number;
  readonly count: number;
  readonly nonceParties: readonly string[];
  /** Entry whose secret `plan` says for which places; null where the log itself says them. */
  readonly seq: number | null;
  /** The places where the log says them: a lot of an engine up to 0.3.0. */
  readonly listed: readonly DrawSlot[] | null;
}

export interface DrawState {
  /** Null until `draw.request`; a change is a new version, never an edit. */
  readonly request: DrawRequest | null;
  readonly pool: FrozenPool | null;
  /** Nonces in their boxes, by contributor; a new plan before the pool is frozen empties it. */
  readonly boxes: Readonly<Record<string, SealedSheet>>;
  /** One seed per lot and round, for life. */
  readonly seed: string | null;
  /** What became of each candidate who was called. */
  readonly contacts: Readonly<Record<string, { readonly outcome: CallOutcome; readonly at: string }>>;
  /** Place under its sealed name → who took it; open again when that party has left. */
  readonly filled: Readonly<Record<string, { readonly candidate: string; readonly party: string }>>;
  /** Rank of who was called last, and the places that were held then: while all of them are, turns go forward. Null for a new walk. */
  readonly lastCall: { readonly rank: string; readonly held: readonly string[] } | null;
  /**
   * Open places for which nobody is left under the present plan, as the main venue recorded, under their sealed names (a lot of an engine up
   * to 0.3.0: as the plan has them): the plan must be widened by a new request.
   */
  readonly exhausted: readonly string[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly draw: DrawState;
  }
}

export const initialDraw: DrawState = {
  request: null,
  pool: null,
  boxes: {},
  seed: null,
  contacts: {},
  filled: {},
  lastCall: null,
  exhausted: [],
};

const draw = (state: LotState, change: Partial<DrawState>): LotState => ({ ...state, draw: { ...state.draw, ...change } });

export const drawEvents = {
  'draw.requested': event({
    schema: events.zRequested,
    evolve: (state, { version, count, nonceParties }, { header: { seq } }) => {
      // Before the pool is frozen no box can be opened: a new plan begins anew, and what was sealed for the old one counts no more.
      const boxes = state.draw.pool === null ? {} : state.draw.boxes;
      // For which places nobody is left is asked anew of the whole plan: who wrote it was not told which ones they were.
      return draw(state, { request: { version, count, nonceParties, seq, listed: null }, boxes, lastCall: null, exhausted: [] });
    },
  }),
  'draw.contributed': event({
    schema: events.zContributed,
    evolve: (state, { party, manifest }, { header: { seq } }) =>
      draw(state, { boxes: { ...state.draw.boxes, [party]: { seq, manifest } } }),
  }),
  'draw.pool-frozen': event({
    schema: events.zPoolFrozen,
    evolve: (state, { index, root, count, blob, recused }, { header: { seq } }) =>
      draw(state, { pool: { index, root, count, blob, recused, seq, listed: null } }),
  }),
  'draw.seeded': event({ schema: events.zSeeded, evolve: (state, { seed }) => draw(state, { seed }) }),
  'draw.called': event({
    schema: events.zCalled,
    evolve: (state, { at, candidate, outcome, slot, party }) => {
      const { seed } = state.draw;
      if (seed === null) return withFault(state, 'a call without a seed');
      const contacts = { ...state.draw.contacts, [candidate]: { outcome, at } };
      const lastCall = { rank: drawRank(profileFor(state), seed, candidate), held: heldPlaces(state) };
      if (slot === null || party === null) return draw(state, { contacts, lastCall });
      return draw(state, { contacts, lastCall, filled: { ...state.draw.filled, [slot]: { candidate, party } } });
    },
  }),
  'draw.exhausted': event({
    schema: events.zExhausted,
    evolve: (state, { slots }) => draw(state, { exhausted: [...state.draw.exhausted, ...slots] }),
  }),
} as const;
