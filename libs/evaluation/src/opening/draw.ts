import { everybody, limitOf, profileFor } from '../lot/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { textOf, zNothing } from '../kernel/fields.js';
import { drawCoefficient } from './coefficient.js';
import { atStep } from './guards.js';
import { drawnValues } from './selectors.js';
import * as commands from './commands.js';

const CONTRIBUTORS = ['bidder', 'tenderer', 'agency', 'supervisor', 'witness', 'node'] as const;

/**
 * 系数抽取: the main venue commits first, whoever wants contributes, then all reveal. One honest contribution is enough for nobody to have
 * chosen K; who commits and stays silent is left out in public.
 */
export const drawCommands = {
  'opening.commit-coefficient': command({
    schema: commands.zCommit,
    roles: CONTRIBUTORS,
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['COEFFICIENT_DRAW'], (state, { party, payload: { commitment } }, { at }): Decision => {
      const { commits, closedAt } = state.opening.coefficient;
      if (closedAt !== null) return refuse('E_ALREADY_LOCKED', 'contributions are closed');
      if (own(commits, party) !== undefined) return refuse('E_ALREADY_DONE', 'you have contributed');
      if (party !== MAIN_NODE && own(commits, MAIN_NODE) === undefined) return refuse('E_TOO_EARLY', 'the main venue commits first');
      return accept([{ type: 'opening.coefficient-committed', at, party, commitment }]);
    }),
  }),
  'opening.close-contributions': command({
    schema: zNothing,
    roles: ['agency'],
    states: ['OPENING'],
    assurance: 'session',
    decide: atStep(['COEFFICIENT_DRAW'], (state, _asked, { at }): Decision => {
      const { commits, closedAt } = state.opening.coefficient;
      if (closedAt !== null) return refuse('E_ALREADY_DONE', 'contributions are closed');
      if (Object.keys(commits).length < 2) return refuse('E_STEP_BARRIER', 'the main venue and at least one other contribute');
      return accept([{ type: 'opening.contributions-closed', at }]);
    }),
  }),
  'opening.reveal-coefficient': command({
    schema: zNothing,
    secrets: { nonce: commands.zNonce },
    roles: CONTRIBUTORS,
    states: ['OPENING'],
    assurance: 'session',
    audience: { 'x:nonce': everybody },
    decide: atStep(['COEFFICIENT_DRAW'], (state, { party, secrets, opened }, { at }): Decision => {
      const { commits, closedAt, reveals } = state.opening.coefficient;
      if (closedAt === null) return refuse('E_TOO_EARLY', 'contributions are not closed');
      if (own(reveals, party) !== undefined) return refuse('E_ALREADY_DONE', 'your contribution is revealed');
      if (party === MAIN_NODE) return refuse('E_STEP_BARRIER', 'the main venue reveals last, with the draw');
      if (own(commits, party) !== secrets['nonce']) return refuse('OPENING_MISMATCH', 'this is not what you committed to');
      return accept([{ type: 'opening.coefficient-revealed', at, party, nonce: textOf(opened['nonce']) }]);
    }),
  }),
  'opening.draw-coefficient': command({
    schema: zNothing,
    secrets: { nonce: commands.zNonce },
    roles: ['node'],
    states: ['OPENING'],
    assurance: 'node',
    audience: { 'x:nonce': everybody },
    decide: atStep(['COEFFICIENT_DRAW'], (state, { party, secrets, opened }, { at }): Decision => {
      const { commits, closedAt, reveals } = state.opening.coefficient;
      const values = drawnValues(state);
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue draws');
      if (closedAt === null || values === null) return refuse('E_TOO_EARLY', 'contributions are not closed');
      if (own(commits, party) !== secrets['nonce']) return refuse('OPENING_MISMATCH', 'this is not what the main venue committed to');
      const missing = Object.keys(commits).filter((name) => name !== MAIN_NODE && own(reveals, name) === undefined);
      const until = limitOf(state, 'openingConfirmation', closedAt) ?? closedAt;
      if (missing.length > 0 && at < until) return refuse('E_STEP_BARRIER', `${missing.join(', ')} may still reveal`);
      if (Object.keys(reveals).length === 0) return refuse('E_STEP_BARRIER', 'nobody but the main venue has revealed');
      const { seed, value } = drawCoefficient({
        lotCode: state.setup.code,
        secret: textOf(opened['nonce']),
        contributions: contributionsOf(state),
        values,
        hashHex: profileFor(state).hashHex,
      });
      return accept([{ type: 'opening.coefficient-drawn', at, seed, value, missing }]);
    }),
  }),
} as const;

const contributionsOf = (state: LotState): string[] =>
  Object.entries(state.opening.coefficient.reveals).map(([party, nonce]) => `${party}:${nonce}`);
