import type { LotState, SealedStep } from '@app/evaluation';
import { openingsOf, partOfStep, ringOf, scoresStep } from '@app/evaluation';
import type { NodeAct, Performer } from '../performer.js';

/** What the released keys make of the boxes of a step; null while this reader does not have enough of them. */
export function opened(state: LotState, boxes: SealedStep['boxes'], rest: Pick<NodeAct, 'step' | 'payload'>): NodeAct | null {
  const found = openingsOf(ringOf(state), boxes);
  return found === null ? null : { ...rest, secrets: { masters: found.masters }, openings: found.openings };
}

export const openReview: Performer = {
  command: 'review.open-sheets',
  needsQuorum: false,
  act: (state) => opened(state, state.review.sheets.boxes, { step: 'review', payload: {} }),
};
export const openScores: Performer = {
  command: 'scoring.open-sheets',
  needsQuorum: false,
  act: (state) => {
    const part = partOfStep(state.committee.step);
    return part === null ? null : opened(state, state.scoring.parts[part].boxes, { step: scoresStep(part), payload: {} });
  },
};
/** Closes a part whose last dues were about a bid that is out. */
export const settlePart: Performer = {
  command: 'scoring.settle-part',
  needsQuorum: false,
  act: ({ committee: { step } }) => (step === null ? null : { step, payload: {} }),
};
export const openBallots: Performer = {
  command: 'award.open-ballots',
  needsQuorum: false,
  act: (state) => opened(state, state.award.vote.boxes, { payload: { round: state.award.vote.round } }),
};

/** Follows from what is on the record. */
export const aggregate: Performer = {
  command: 'scoring.aggregate',
  needsQuorum: false,
  act: () => ({ step: 'aggregate', payload: {} }),
};
