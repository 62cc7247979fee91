import type { LotState } from '@app/evaluation';

/** Panels of the lot page. What the present stage is about stands first; what has not begun is left out. */
export type Panel = 'award' | 'result' | 'progress' | 'opening';

const BEFORE_COMMITTEE: readonly string[] = ['DRAFT', 'PUBLISHED', 'SUBMISSION_OPEN', 'SUBMISSION_CLOSED', 'OPENING'];
const AWARD: readonly string[] = ['EVALUATED', 'REPORT_REVIEW', 'CANDIDATE_PUBLICITY', 'AWARDING', 'AWARDED', 'CONTRACTED', 'ARCHIVED'];

/** A suspended or failed lot shows the panels of the stage it was in, as far as its record goes. */
export function panelsOf(state: LotState): readonly Panel[] {
  const status = state.previous ?? state.status;
  if (BEFORE_COMMITTEE.includes(status)) return ['opening'];
  if (AWARD.includes(status)) return ['award', 'result', 'opening', 'progress'];
  return ['progress', 'result', 'opening'];
}
