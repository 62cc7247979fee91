import { courseOf, FINAL_STATUSES, REGIMES } from '@app/evaluation';
import type { Stage } from '../../../core/lots/lot-log.js';

const ENDS: readonly string[] = FINAL_STATUSES;

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
  const law = REGIMES.find((known) => known === regime) ?? 'TENDER_LAW';
  const course: readonly string[] = courseOf(law).filter((name) => name !== 'DRAFT');
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
  return ENDS.includes(status) ? [...done, beside] : [...done, beside, ...marks.slice(last + 1)];
}
