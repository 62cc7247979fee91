/** The ordinary course of a lot (domain.md §3.2), in its order. Which of it a law leaves out `courseOf` says. */
export const COURSE = [
  'DRAFT',
  'PUBLISHED',
  'SUBMISSION_OPEN',
  'SUBMISSION_CLOSED',
  'OPENING',
  'OPENED',
  'QUALIFICATION_BY_PURCHASER',
  'COMMITTEE_READY',
  'EVALUATING',
  'REPORT_SIGNING',
  'EVALUATED',
  'REPORT_REVIEW',
  'CANDIDATE_PUBLICITY',
  'AWARDING',
  'AWARDED',
  'CONTRACTED',
  'ARCHIVED',
] as const;
/** States of a lot: suspension, re-evaluation, failure and termination are states too, beside the course. */
export const LOT_STATUSES = [...COURSE, 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'] as const;
export type LotStatus = (typeof LOT_STATUSES)[number];

const placeOf = (status: LotStatus): number => (COURSE as readonly LotStatus[]).indexOf(status);

/** Whether `status` is of the course and not before `mark`, or before it. Neither holds beside the course. */
export const hasReached = (status: LotStatus, mark: (typeof COURSE)[number]): boolean => placeOf(status) >= placeOf(mark);
export const isBefore = (status: LotStatus, mark: (typeof COURSE)[number]): boolean =>
  placeOf(status) >= 0 && placeOf(status) < placeOf(mark);
