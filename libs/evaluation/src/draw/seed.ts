import { MAIN_NODE } from '../kernel/origins.js';
import { zNothing } from '../kernel/fields.js';
import { accept, command, type Decision, type Purpose, refuse } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { nonceFault, OPENED_NONCES, openNonces, sealedNonce } from '../keepers/index.js';
import { profileFor } from '../lot/index.js';
import { drawSeed } from './order.js';
import { contributionsOf, DRAW_PURPOSE, DRAW_STATES, isContributed } from './selectors.js';

/** The seed (domain.md §14.3): sealed nonces, opened by the keepers when every one is in and the pool is frozen. */
export const seedCommands = {
  'draw.contribute': command({
    ...sealedNonce((state) => state.draw.seed !== null),
    roles: ['tenderer', 'agency', 'supervisor', 'witness', 'node'],
    states: DRAW_STATES,
    assurance: 'session',
    decide: (state, asked, { at }): Decision => {
      if (state.draw.pool !== null) return refuse('E_ALREADY_LOCKED', 'the pool is frozen; nothing is contributed any more');
      const fault = nonceFault(state, DRAW_PURPOSE, contributionsOf(state), asked);
      return fault ?? accept([{ type: 'draw.contributed', at, party: asked.party, manifest: asked.payload.manifest }]);
    },
  }),
  'draw.open-nonces': command({
    ...OPENED_NONCES,
    schema: zNothing,
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    decide: (state, asked, { at }): Decision => {
      const { pool, seed, boxes } = state.draw;
      if (asked.party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue opens the boxes');
      if (pool === null) return refuse('E_TOO_EARLY', 'plan and pool are not fixed');
      if (seed !== null) return refuse('E_ALREADY_DONE', 'the seed of this round is drawn');
      const found = openNonces(state, boxes, asked);
      if (!('nonces' in found)) return found;
      return accept([{ type: 'draw.seeded', at, seed: drawSeed(profileFor(state), state.origin, found.nonces), void: [...found.void] }]);
    },
  }),
} as const;

/** Keepers publish their keys as soon as a draw may be asked for, and release them when every box is in and the pool is frozen. */
export const drawPurposes = (state: LotState): Purpose[] => [
  {
    family: DRAW_PURPOSE,
    current: DRAW_PURPOSE,
    isDue: state.setup.rules !== null && DRAW_STATES.includes(state.status) && state.draw.seed === null,
    opens: (purpose) => purpose === DRAW_PURPOSE && DRAW_STATES.includes(state.status) && isContributed(state) && state.draw.pool !== null,
  },
];
