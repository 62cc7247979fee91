import type { LotState, SealedStep } from '@app/evaluation';
import { isFull, openingsOf, partOfStep, ringOf, rosterOf } from '@app/evaluation';
import type { Duty, NodeAct } from '../duty.js';

/** Opening full steps, aggregating, writing the report: what follows from the record and needs nobody's judgement. */
export const evaluationDuties: readonly Duty[] = [
  {
    name: 'open the sheets of the open step',
    needsQuorum: false,
    due: (state) => {
      const { step } = state.committee;
      if (state.status !== 'EVALUATING' || step === null) return null;
      if (step === 'review') return opened(state, state.review.sheets, 'review.open-sheets', step);
      const part = partOfStep(step);
      return part === null ? null : opened(state, state.scoring.parts[part], 'scoring.open-sheets', step);
    },
  },
  {
    name: 'aggregate',
    needsQuorum: false,
    due: (state) =>
      state.status === 'EVALUATING' && state.committee.step === 'aggregate'
        ? { type: 'scoring.aggregate', step: 'aggregate', payload: {} }
        : null,
  },
  {
    name: 'write the report',
    needsQuorum: false,
    due: (state) =>
      state.status === 'REPORT_SIGNING' && state.report.generated === null ? { type: 'report.generate', payload: {} } : null,
  },
];

function opened(state: LotState, sheets: SealedStep, type: string, step: string): NodeAct | null {
  if (
    sheets.closedAt !== null ||
    !isFull(rosterOf(state), sheets) ||
    Object.keys(sheets.boxes).length === 0 ||
    state.committee.moreTime.due
  )
    return null;
  const found = openingsOf(ringOf(state), sheets.boxes);
  return found === null ? null : { type, step, payload: {}, secrets: { masters: found.masters }, openings: found.openings };
}
