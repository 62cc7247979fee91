import { type Contributions, missingNonce } from '../keepers/index.js';
import type { LotStatus } from '../kernel/status.js';
import type { LotState } from '../kernel/state.js';

/** From publication to the last replacement during the evaluation. */
export const DRAW_STATES: readonly LotStatus[] = [
  'PUBLISHED',
  'SUBMISSION_OPEN',
  'SUBMISSION_CLOSED',
  'OPENING',
  'OPENED',
  'QUALIFICATION_BY_PURCHASER',
  'COMMITTEE_READY',
  'EVALUATING',
  'RE_EVALUATION',
];

/** What the nonces' boxes are sealed for: one seed, so one purpose in a lot's life. */
export const DRAW_PURPOSE = 'draw';

/** Nobody while no draw is asked for. */
export const contributionsOf = ({ draw: { request, boxes } }: LotState): Contributions => ({
  contributors: request?.nonceParties ?? [],
  boxes,
});
export const isContributed = (state: LotState): boolean => state.draw.request !== null && missingNonce(contributionsOf(state)) === null;

/** Pseudonym of the next expert who accepts: they are counted as they come, whoever has left. */
export const nextExpert = (state: LotState): string =>
  `expert-${Object.values(state.parties).filter(({ admittedAs }) => admittedAs.includes('expert')).length + 1}`;
