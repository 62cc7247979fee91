import type { LotState } from '../kernel/state.js';
import { begunAgain, withoutMember } from '../sealed-step/step.js';
import { withReview } from '../review/state.js';
import { SCORE_PARTS, withScoring } from '../scoring/state.js';
import { initialReport } from '../report/state.js';
import { stepOpened } from './state.js';

/**
 * 条例 48: what a member who left concluded is void, and his replacement starts over; the others' sheets stand. The evaluation
 * goes back to the first step, where only the replacement owes.
 */
export function withoutConclusions(state: LotState, member: string, at: string): LotState {
  const reviewed = withReview(state, {
    sheets: withoutMember(state, 'review', state.review.sheets, member),
    concluded: null,
    fewBids: { votes: {}, outcome: null },
  });
  const parts = Object.fromEntries(
    SCORE_PARTS.map((part) => [part, withoutMember(state, `scores:${part}`, state.scoring.parts[part], member)] as const),
  ) as typeof state.scoring.parts;
  const scored = withScoring(reviewed, { parts, aggregated: null });
  return state.status === 'EVALUATING' && state.committee.step !== null ? stepOpened(scored, 'review', at) : scored;
}

/** Every conclusion is void: the committee, or a new one, begins again. */
export function begunAgainEverywhere(state: LotState): LotState {
  const reviewed = withReview(state, {
    sheets: begunAgain(state, 'review', state.review.sheets),
    concluded: null,
    fewBids: { votes: {}, outcome: null },
  });
  const parts = Object.fromEntries(
    SCORE_PARTS.map((part) => [part, begunAgain(state, `scores:${part}`, state.scoring.parts[part])] as const),
  ) as typeof state.scoring.parts;
  return { ...withScoring(reviewed, { parts, aggregated: null }), report: initialReport };
}
