import { profileFor } from '../lot/crypto.js';
import { event } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import * as events from './events.js';
import { drawOrder } from './order.js';
import type { DrawState } from './state.js';

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
