import { hasReached, isBefore, type LotState } from '@app/evaluation';

/** Panels of the lot page. What the present stage is about stands first; what has not begun is left out. */
export type Panel = 'award' | 'result' | 'progress' | 'opening';

/** A suspended or failed lot shows the panels of the stage it was in, as far as its record goes. */
export function panelsOf(state: LotState): readonly Panel[] {
  const status = state.previous ?? state.status;
  if (isBefore(status, 'OPENED')) return ['opening'];
  if (hasReached(status, 'EVALUATED')) return ['award', 'result', 'opening', 'progress'];
  return ['progress', 'result', 'opening'];
}
