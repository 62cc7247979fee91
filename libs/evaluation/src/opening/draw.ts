import { contributorsFault, nonceFault, OPENED_NONCES, openNonces, sealedNonce } from '../keepers/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { zNothing } from '../kernel/fields.js';
import { drawCoefficient } from './coefficient.js';
import { atStep } from './guards.js';
import { COEFFICIENT_PURPOSE, coefficientDraw, contributionsToK, drawnValues, isKContributed } from './selectors.js';
import * as commands from './commands.js';

/**
 * 系数抽取 (domain.md §14.3): the agency names who contributes, each seals a nonce to the keepers, and with the last box the keepers open all
 * of them. Nobody who could still move, the main venue neither, knows anything before.
 */
export const drawCommands = {
  'opening.name-contributors': command({
    schema: commands.zNameContributors,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'certificate',
    decide: atStep(['COEFFICIENT_DRAW'], (state, { payload: { contributors, reason } }, { at }): Decision => {
      const version = (state.opening.coefficient.request?.version ?? 0) + 1;
      // With the last box keepers may open the first: from then on everything stands.
      if (isKContributed(state)) return refuse('E_ALREADY_LOCKED', 'every nonce is sealed and the keepers open them');
      if (version > 1 && reason === null) return refuse('E_REASON_REQUIRED', 'other contributors are a new request with its reason');
      if (!contributors.includes(MAIN_NODE)) return refuse('E_INPUT', `contributors: ${MAIN_NODE} contributes`);
      const fault = contributorsFault(state, contributors, 'contributors');
      return fault ?? accept([{ type: 'opening.contributors-named', at, version, contributors, reason }]);
    }),
  }),
  'opening.contribute': command({
    ...sealedNonce((state) => state.opening.coefficient.seed !== null),
    roles: ['bidder', 'tenderer', 'agency', 'supervisor', 'witness', 'node'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['COEFFICIENT_DRAW'], (state, asked, { at }): Decision => {
      const fault = nonceFault(state, COEFFICIENT_PURPOSE, contributionsToK(state), asked);
      return fault ?? accept([{ type: 'opening.contributed', at, party: asked.party, manifest: asked.payload.manifest }]);
    }),
  }),
  'opening.open-contributions': command({
    ...OPENED_NONCES,
    schema: zNothing,
    roles: ['node'],
    states: ['OPENING'],
    assurance: 'node',
    decide: atStep(['COEFFICIENT_DRAW'], (state, asked, { at }): Decision => {
      const values = drawnValues(state);
      if (asked.party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue opens the boxes');
      if (values === null || !isKContributed(state)) return refuse('E_STEP_BARRIER', 'a contributor has not sealed a nonce');
      const found = openNonces(state, state.opening.coefficient.boxes, asked);
      if (!('nonces' in found)) return found;
      const { seed, value } = drawCoefficient(coefficientDraw(state, found.nonces, values));
      return accept([{ type: 'opening.coefficient-drawn', at, seed, value, nonces: { ...found.nonces }, void: [...found.void] }]);
    }),
  }),
} as const;
