import { type Contributions, missingNonce } from '../keepers/index.js';
import type { LotStatus } from '../kernel/status.js';
import { type LotState, own } from '../kernel/state.js';
import type { Candidate, DrawSlot } from './commands.js';

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

export const fits = (candidate: Candidate, slot: DrawSlot): boolean =>
  candidate.specialties.some((code) => code.startsWith(slot.specialty)) && (slot.city === null || candidate.city === slot.city);

/** What the nonces' boxes are sealed for: one seed, so one purpose in a lot's life. */
export const DRAW_PURPOSE = 'draw';

/** Nobody while no draw is asked for. */
export const contributionsOf = ({ draw: { request, boxes } }: LotState): Contributions => ({
  contributors: request?.nonceParties ?? [],
  boxes,
});
export const isContributed = (state: LotState): boolean => state.draw.request !== null && missingNonce(contributionsOf(state)) === null;

/** Places nobody holds: never filled, or left by who had them. */
export const openSlots = (state: LotState): DrawSlot[] =>
  (state.draw.request?.slots ?? []).filter(({ slot }) => {
    const holder = own(state.draw.filled, slot);
    return holder === undefined || own(state.parties, holder.party)?.roles.length === 0;
  });

/** Open places for which somebody is still to be called, as far as the record says. */
export const wantedSlots = (state: LotState): DrawSlot[] =>
  state.draw.seed === null ? [] : openSlots(state).filter(({ slot }) => !state.draw.exhausted.includes(slot));

/** Places for which the pool has nobody left, on the record: the plan must be widened by a new request. */
export const exhaustedSlots = (state: LotState): string[] =>
  openSlots(state).flatMap(({ slot }) => (state.draw.exhausted.includes(slot) ? [slot] : []));

/** Pseudonym of the next expert who accepts: they are counted as they come, whoever has left. */
export const nextExpert = (state: LotState): string =>
  `expert-${Object.values(state.parties).filter(({ admittedAs }) => admittedAs.includes('expert')).length + 1}`;
