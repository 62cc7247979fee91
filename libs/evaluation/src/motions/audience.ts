import type { Audience } from '../kernel/slice.js';
import { isResultPublic, seesFindings, seesReviewSheet } from '../review/index.js';

/** The committee's own; whoever it asked; the owner with the report; everybody when the result is out, if it was carried. */
export const seesMotion: Audience = (viewer, state, entry, part) => {
  if (seesReviewSheet(viewer, state, entry, part)) return true;
  const motion = state.motions.list.find(({ seq }) => seq === entry.header.seq);
  if (viewer.party !== null && motion?.asked?.bidder === viewer.party) return true;
  return motion?.outcome === 'CARRIED' && isResultPublic(state);
};

/** Never the public (招标投标法 44, 87号令 66). */
export const seesVote: Audience = seesReviewSheet;

/** Its bidder, the committee, the supervisor; the owner with the report. */
export const seesAnswer: Audience = (viewer, state, entry, part) =>
  (viewer.party !== null && viewer.party === entry.party) || seesReviewSheet(viewer, state, entry, part);

export const seesFinding: Audience = seesFindings;
