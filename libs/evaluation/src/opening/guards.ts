import { type Decision, refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import type { OpeningStep } from './state.js';

interface Stepped {
  readonly step: string;
}

/** Refusal when the session is paused or at another step than these; a command that names a step names the open one. */
function stepFault(state: LotState, asked: Stepped, steps: readonly OpeningStep[]): Refused | null {
  const { step, paused } = state.opening;
  if (paused !== null) return refuse('WRONG_STEP', `the session is paused: ${paused.reason}`);
  if (!steps.includes(step)) return refuse('WRONG_STEP', `the session is at ${step}; this belongs to ${steps.join(', ')}`);
  return asked.step === '' || asked.step === step ? null : refuse('WRONG_STEP', `the session is at ${step}, not at ${asked.step}`);
}

/** The rule, when the session is at one of these steps. */
export const atStep = <A extends Stepped, C>(
  steps: readonly OpeningStep[],
  rule: (state: LotState, asked: A, context: C) => Decision,
): ((state: LotState, asked: A, context: C) => Decision) => {
  return (state, asked, context) => stepFault(state, asked, steps) ?? rule(state, asked, context);
};
