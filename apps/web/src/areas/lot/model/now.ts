import type { LotState } from '@app/evaluation';

/** Step inside the stage: of the opening, or of the evaluation. `kind` names the group of words. */
export function stepNow(state: LotState): { readonly kind: 'openingStep' | 'purpose'; readonly step: string } | null {
  if (state.status === 'OPENING') return { kind: 'openingStep', step: state.opening.step };
  if (state.status === 'EVALUATING' && state.committee.step !== null) return { kind: 'purpose', step: state.committee.step };
  return null;
}
