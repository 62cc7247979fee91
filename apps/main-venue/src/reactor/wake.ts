import type { LotState } from '@app/evaluation';

/** The next instant after `now` at which a limit of the lot may make something due; null when none is known. */
export function nextWake(state: LotState, now: string): string | null {
  const { schedule } = state.setup;
  const limits = [
    state.status === 'PUBLISHED' ? schedule?.documentsFrom : null,
    state.status === 'SUBMISSION_OPEN' ? schedule?.deadline : null,
    state.status === 'OPENING' ? state.opening.decryptUntil : null,
    state.status === 'OPENING' ? state.opening.confirmUntil : null,
    state.status === 'CANDIDATE_PUBLICITY' ? state.award.publicity?.until : null,
  ];
  const coming = limits.filter((at): at is string => typeof at === 'string' && at > now).sort();
  return coming[0] ?? null;
}
