import { isInsider } from '../committee/index.js';
import type { Audience } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { isOwner } from '../lot/index.js';
import { awardMethodOf } from '../award/methods/index.js';

/** The result is out: candidates are public where they are ranked in public, else the award is (domain.md §2.2). */
export function isResultPublic(state: LotState): boolean {
  if (state.award.announced !== null) return true;
  const { rules } = state.setup;
  return state.award.publicity !== null && rules !== null && awardMethodOf(rules.award).tally === undefined;
}

/**
 * What the committee found, without who said so: insiders at once; tenderer and agency with the report; everybody when the result is out.
 */
export const seesFindings: Audience = (viewer, state) =>
  isInsider(viewer, state) || isResultPublic(state) || (state.report.deliveredAt !== null && isOwner(viewer));

/**
 * A member's pass/fail sheet, once all are in, and what it said that is told elsewhere (`d:fails`, `d:member-scores`): the committee and
 * the supervisor; owner with the report. Never the public: members stay unpressed.
 */
export const seesReviewSheet: Audience = (viewer, state) =>
  isInsider(viewer, state) || (state.report.deliveredAt !== null && isOwner(viewer));

/** Questions and answers: the committee, the supervisor, and the bidder concerned; the owner with the report. */
export const seesClarification: Audience = (viewer, state, entry, part) => {
  if (seesReviewSheet(viewer, state, entry, part)) return true;
  const seq = entry.header.seq;
  const about = state.review.clarifications.find((one) => one.askedSeq === seq || one.answeredSeq === seq);
  return viewer.party !== null && about?.bidder === viewer.party;
};

/** The purchaser's qualification review: owner, committee, supervisor; everybody when the result is out. */
export const seesQualification: Audience = (viewer, state) => isOwner(viewer) || isInsider(viewer, state) || isResultPublic(state);
