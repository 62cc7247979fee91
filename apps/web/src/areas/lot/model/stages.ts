import type { Stage } from '../../../core/lots/lot-log.js';

/** The ordinary course of a lot by regime (domain.md §3.2); suspension, re-evaluation, failure and termination leave it. */
const COURSE = [
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
const TENDER_ONLY = new Set<string>(['CANDIDATE_PUBLICITY']);
const GOV_ONLY = new Set<string>(['QUALIFICATION_BY_PURCHASER']);
const ENDS = new Set<string>(['LOT_FAILED', 'TERMINATED']);

export interface StageMark {
  readonly status: string;
  readonly place: 'past' | 'current' | 'ahead' | 'skipped';
  /** When it was last entered; null when it was not. */
  readonly at: string | null;
}

/**
 * Every stage of the ordinary course with its place. A lot that is suspended or under re-evaluation stands beside its course;
 * a failed or terminated one ends it, and what lies ahead is left out.
 */
export function stageMarks(regime: string, stages: readonly Stage[], status: string): readonly StageMark[] {
  const course: readonly string[] = COURSE.filter((name) => !(regime === 'GOV_PROCUREMENT' ? TENDER_ONLY : GOV_ONLY).has(name));
  const enteredAt = (name: string): string | null => stages.findLast((stage) => stage.status === name)?.at ?? null;
  const reached = Math.max(-1, ...stages.map((stage) => course.indexOf(stage.status)));
  const onCourse = course.indexOf(status);
  const last = onCourse >= 0 ? onCourse : reached;
  const marks = course.map((name, index): StageMark => {
    const at = enteredAt(name);
    const place = index === onCourse ? 'current' : index > last ? 'ahead' : at === null ? 'skipped' : 'past';
    return { status: name, place, at };
  });
  if (onCourse >= 0) return marks;
  const beside: StageMark = { status, place: 'current', at: enteredAt(status) };
  const done = marks.slice(0, last + 1);
  return ENDS.has(status) ? [...done, beside] : [...done, beside, ...marks.slice(last + 1)];
}
