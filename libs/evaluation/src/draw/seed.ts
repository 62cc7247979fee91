import { MAIN_NODE } from '../kernel/origins.js';
import { textOf, zNothing } from '../kernel/fields.js';
import { accept, type Audience, command, type Decision, type Purpose, refuse } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { ringOf } from '../keepers/index.js';
import { everybody, profileFor } from '../lot/index.js';
import { boxFault, openBoxes, seesCiphertext, zAnything, zCiphertext, zMasters } from '../sealed-step/index.js';
import { zContribute, zDrawNonce } from './commands.js';
import { drawSeed } from './order.js';
import { DRAW_PURPOSE, DRAW_STATES, isContributed } from './selectors.js';

const CONTRIBUTORS = ['tenderer', 'agency', 'supervisor', 'witness', 'node'] as const;

/** With the seed on the record the boxes keep nothing, and whoever judges the seed opens them again. */
const seesNonceBox: Audience = (viewer, state, entry, part) => state.draw.seed !== null || seesCiphertext(viewer, state, entry, part);

/**
 * The seed (domain.md §14.3): each contributor seals a nonce to the keepers before anything of it can be known, and the keepers open all of
 * them at once when the pool is frozen. Nobody opens by himself, so nobody steers the draw, or stops it, by keeping silent.
 */
export const seedCommands = {
  'draw.contribute': command({
    schema: zContribute,
    secrets: { ciphertext: zCiphertext },
    roles: CONTRIBUTORS,
    states: DRAW_STATES,
    assurance: 'session',
    audience: { 'x:ciphertext': seesNonceBox },
    decide: (state, asked, { at }): Decision => {
      const { party, payload } = asked;
      const { request, pool, boxes } = state.draw;
      if (request?.nonceParties.includes(party) !== true) return refuse('FORBIDDEN', 'the plan does not name you as a contributor');
      if (pool !== null) return refuse('E_ALREADY_LOCKED', 'the pool is frozen; nothing is contributed any more');
      if (own(boxes, party) !== undefined) return refuse('E_ALREADY_DONE', 'your nonce is sealed');
      const fault = boxFault(ringOf(state), DRAW_PURPOSE, asked);
      return fault ?? accept([{ type: 'draw.contributed', at, party, manifest: payload.manifest }]);
    },
  }),
  'draw.open-nonces': command({
    schema: zNothing,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: DRAW_STATES,
    assurance: 'node',
    audience: { 'x:masters': everybody, 'x:sheet:*': everybody },
    decide: (state, asked, { at }): Decision => {
      const { pool, seed, boxes } = state.draw;
      if (asked.party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue opens the boxes');
      if (pool === null) return refuse('E_TOO_EARLY', 'plan and pool are not fixed');
      if (seed !== null) return refuse('E_ALREADY_DONE', 'the seed of this round is drawn');
      const opening = openBoxes(ringOf(state), boxes, asked);
      if (!('verdicts' in opening)) return opening;
      const nonces: Record<string, string> = {};
      const empty: string[] = [];
      for (const [party, { manifest }] of Object.entries(boxes)) {
        const nonce = zDrawNonce.safeParse(opening.contents[party]);
        if (!nonce.success) empty.push(party);
        // What stands for a box without a nonce was fixed with the box, so that spoiling it chooses nothing.
        nonces[party] = nonce.success ? nonce.data : textOf(manifest['plaintext']);
      }
      return accept([{ type: 'draw.seeded', at, seed: drawSeed(profileFor(state), state.origin, nonces), void: empty }]);
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
