import { LOT_STATUSES, type LotStatus } from './status.js';

/**
 * Every allowed change of a lot's status (domain.md §3.2). Nothing goes backwards except through suspension (H) and re-evaluation (R).
 */
const ONWARD: Readonly<Record<Exclude<LotStatus, 'SUSPENDED'>, readonly LotStatus[]>> = {
  DRAFT: ['PUBLISHED'],
  PUBLISHED: ['SUBMISSION_OPEN', 'SUSPENDED', 'TERMINATED'],
  SUBMISSION_OPEN: ['SUBMISSION_CLOSED', 'SUSPENDED', 'TERMINATED'],
  // 招标投标法 28, 条例 44: fewer than three bids, no opening.
  SUBMISSION_CLOSED: ['OPENING', 'SUSPENDED', 'LOT_FAILED'],
  OPENING: ['OPENED', 'SUSPENDED', 'LOT_FAILED'],
  OPENED: ['QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'SUSPENDED', 'LOT_FAILED'],
  // 87号令 44: fewer than three qualified suppliers, no evaluation.
  QUALIFICATION_BY_PURCHASER: ['COMMITTEE_READY', 'SUSPENDED', 'LOT_FAILED'],
  COMMITTEE_READY: ['EVALUATING', 'SUSPENDED', 'LOT_FAILED'],
  EVALUATING: ['REPORT_SIGNING', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  REPORT_SIGNING: ['EVALUATED', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  // 87号令 68: a purchaser who is silent on the report decides nothing, and rank 1 is the winner.
  EVALUATED: ['REPORT_REVIEW', 'AWARDING', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  // Government procurement has no candidate publicity: the review of the report leads straight to the award.
  REPORT_REVIEW: ['CANDIDATE_PUBLICITY', 'AWARDING', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  CANDIDATE_PUBLICITY: ['AWARDING', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  AWARDING: ['AWARDED', 'SUSPENDED', 'RE_EVALUATION', 'LOT_FAILED', 'TERMINATED'],
  AWARDED: ['CONTRACTED', 'AWARDING', 'SUSPENDED', 'LOT_FAILED'],
  CONTRACTED: ['ARCHIVED'],
  ARCHIVED: [],
  // The same committee checks again, or a new one is formed (87号令 64, 67).
  RE_EVALUATION: ['EVALUATING', 'REPORT_SIGNING', 'COMMITTEE_READY', 'SUSPENDED', 'LOT_FAILED'],
  LOT_FAILED: [],
  TERMINATED: [],
};
const canSuspend = (status: LotStatus): boolean => status !== 'SUSPENDED' && ONWARD[status].includes('SUSPENDED');

/** The same with suspension: it ends the lot or leads back to the state that the lot was in, which `canMove` checks. */
export const LOT_TRANSITIONS: Readonly<Record<LotStatus, readonly LotStatus[]>> = {
  ...ONWARD,
  SUSPENDED: [...LOT_STATUSES.filter(canSuspend), 'LOT_FAILED', 'TERMINATED'],
};

/** Every state that may become `to`. */
export const statusesBefore = (to: LotStatus): readonly LotStatus[] => LOT_STATUSES.filter((from) => LOT_TRANSITIONS[from].includes(to));

/** States in which work goes on: what a supervisor may suspend. */
export const RUNNING_STATUSES = statusesBefore('SUSPENDED');

/** The ends of a lot: nothing leads out of them. */
export const FINAL_STATUSES = LOT_STATUSES.filter((status) => LOT_TRANSITIONS[status].length === 0);

/** May a lot in `from` become `to`? `previous` is what a suspended lot was in before. */
export function canMove(from: LotStatus, to: LotStatus, previous: LotStatus | null): boolean {
  if (!LOT_TRANSITIONS[from].includes(to)) return false;
  return from !== 'SUSPENDED' || to === 'LOT_FAILED' || to === 'TERMINATED' || to === previous;
}
