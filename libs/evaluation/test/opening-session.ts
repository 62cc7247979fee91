import type { LotState } from '@app/evaluation';
import { type LotPlan, TV_E2E_02 } from '@app/testing/lots';
import { at, type Desk, type Play, startOpening } from '@app/testing/play';

/** Whose bid the tests look at. */
export const first = (play: Play): Desk => play.desks[0]!;
/** A lot whose opening has begun. */
export const started = (plan: LotPlan = TV_E2E_02): Play => {
  const play = at(plan, 'locked');
  startOpening(play);
  return play;
};
/** How far the bid of a desk is. */
export const status = (state: LotState, desk: Desk): string | undefined => state.opening.bids[desk.made?.bid ?? '']?.status;
