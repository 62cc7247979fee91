import type { LotEvent } from '@app/contracts';
import type { LotStatus } from '../kernel/status.js';
import { refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { SCORE_PARTS, scoresStep } from '../lot/index.js';

/** Steps of EVALUATING, in this order; scoring steps exist for the parts that have items (domain.md §3.4). */
export const EVALUATION_STEPS = ['review', 'few-bids', ...SCORE_PARTS.map(scoresStep), 'aggregate'] as const;
export type EvaluationStep = (typeof EVALUATION_STEPS)[number];

/** Steps that this lot goes through without special cause: a scoring step for every part that has items. */
function plannedSteps(state: LotState): EvaluationStep[] {
  const items = state.setup.rules?.items ?? [];
  return EVALUATION_STEPS.filter((step) => {
    if (step === 'few-bids') return false;
    return !step.startsWith('scores:') || items.some((item) => scoresStep(item.part) === step);
  });
}

/** The planned step after this one; the aggregation is the last. */
export function stepAfter(state: LotState, step: EvaluationStep): EvaluationStep {
  const order = EVALUATION_STEPS.indexOf(step);
  return plannedSteps(state).find((next) => EVALUATION_STEPS.indexOf(next) > order) ?? 'aggregate';
}

export const openStep = (step: EvaluationStep, at: string): LotEvent => ({ type: 'committee.step-opened', step, at });

/**
 * Whether each member judges alone now (评审专家独立评审, 条例 49; 87号令 62): from the review to the last sheet that is owed. Nobody at a seat hears or sees
 * another meanwhile.
 */
export const isIndependent = ({ status, committee: { step } }: LotState): boolean =>
  status === 'EVALUATING' && step !== null && step !== 'aggregate';

/** Refusal when a command is meant for another step than the one open to all venues; `kind` narrows where the type belongs. */
export function stepFault(state: LotState, asked: { readonly step: string }, kind: (step: EvaluationStep) => boolean): Refused | null {
  const { step } = state.committee;
  if (step === null || !kind(step)) return refuse('WRONG_STEP', `the open step is ${step ?? 'none'}`);
  if (asked.step !== step) return refuse('WRONG_STEP', `the command is for ${asked.step || 'no step'}, the open step is ${step}`);
  return null;
}

/** States in which members come to their seats. */
export const GATHERING_STATES: readonly LotStatus[] = [
  'OPENED',
  'QUALIFICATION_BY_PURCHASER',
  'COMMITTEE_READY',
  'EVALUATING',
  'RE_EVALUATION',
];
