import { isMember, sheetDuties, sheetPurpose } from '../committee/index.js';
import { duty, type Duty, limit, type Purpose, type RunningLimit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';

export function reviewDuties(state: LotState, party: string): Duty[] {
  return [...qualification(state, party), ...sheets(state, party), ...competition(state, party), ...answers(state, party)];
}

/** 87号令 44: the purchaser reviews qualification when the bids are open. */
const qualification = (state: LotState, party: string): Duty[] =>
  state.status === 'OPENED' && state.setup.regime === 'GOV_PROCUREMENT' && hasRole(state, party, 'agency') ? [duty('review.qualify')] : [];

function sheets(state: LotState, party: string): Duty[] {
  // An answer that is still due may change a member's mind, so the sheets wait for it.
  const openFrom = waiting(state)
    .map(({ dueAt }) => dueAt)
    .sort()
    .at(-1);
  const commands = { submit: 'review.submit-sheet', correct: 'review.correct-sheet', open: 'review.open-sheets' };
  return sheetDuties(state, party, { step: 'review', sheets: state.review.sheets, ...commands }, openFrom ?? null);
}

const competition = (state: LotState, party: string): Duty[] =>
  state.status === 'EVALUATING' &&
  state.committee.step === 'few-bids' &&
  isMember(state, party) &&
  own(state.review.fewBids.votes, party) === undefined
    ? [duty('review.vote-competition')]
    : [];

const waiting = (state: LotState) => state.review.clarifications.filter(({ answeredSeq }) => answeredSeq === null);

/** A bidder may answer a question until it is due; not answering is his own affair. */
const answers = (state: LotState, party: string): Duty[] =>
  state.status === 'EVALUATING'
    ? waiting(state)
        .filter(({ bidder }) => bidder === party)
        .map(({ id, dueAt }) => duty('review.answer-clarification', id, null, dueAt))
    : [];

export const reviewLimits = (state: LotState): RunningLimit[] => {
  const { chair } = state.committee;
  if (state.status !== 'EVALUATING') return [];
  return waiting(state).flatMap(({ bidder, dueAt }) => limit('clarification', dueAt, chair === null ? [bidder] : [bidder, chair]));
};

export const reviewPurposes = (state: LotState): Purpose[] => [
  sheetPurpose(state, 'review', state.review.sheets, state.setup.rules !== null),
];
