import { isInsider } from '../committee/index.js';
import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { sheetPart } from '../sealed-step/index.js';
import { isResultPublic, seesReviewSheet } from '../review/index.js';

/**
 * A score sheet: its member at once; the committee and the supervisor when aggregation has locked all (domain.md §2.2); tenderer and
 * agency with the report; the public never: the table that it reads has bidders and factors, no members.
 */
export const seesScoreSheet: Audience = (viewer, state, entry, part) =>
  viewer.party === MAIN_NODE ||
  (state.scoring.aggregated !== null && seesReviewSheet(viewer, state, entry, part)) ||
  (viewer.party !== null && (viewer.party === entry.party || part === `x:${sheetPart(viewer.party)}`));

/** Differences on objective items and outliers are the committee's to settle, so all members see them. */
export const seesDues: Audience = isInsider;

/** 评分汇总表: the committee and the supervisor once locked; the owner with the report; everybody when the result is out. */
export const seesResult: Audience = (viewer, state, entry, part) => seesReviewSheet(viewer, state, entry, part) || isResultPublic(state);
