import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { isReleased, ringOf } from '../keepers/index.js';
import { wantedPlaces } from './places.js';
import { DRAW_PURPOSE, DRAW_STATES, isContributed } from './selectors.js';

/** Who owes what of the draw: nonces of those the plan names, the rest of the main venue. */
export function drawDuties(state: LotState, party: string): Duty[] {
  const { request, pool, boxes, seed } = state.draw;
  if (request === null || !DRAW_STATES.includes(state.status)) return [];
  const duties: Duty[] = [];
  const isSealable = pool === null && ringOf(state).keepers(DRAW_PURPOSE).missing === null;
  if (isSealable && request.nonceParties.includes(party) && own(boxes, party) === undefined) duties.push(duty('draw.contribute'));
  // domain.md §5.4: every contribution is fixed before the list of candidates is.
  if (party === MAIN_NODE && pool === null && isContributed(state)) duties.push(duty('draw.freeze-pool'));
  if (party === MAIN_NODE && pool !== null && seed === null && isReleased(state, DRAW_PURPOSE)) duties.push(duty('draw.open-nonces'));
  // Whose turn it is only the list says, which the lot does not know: one call after the other until the places are filled or nobody is
  // left.
  if (party === MAIN_NODE && wantedPlaces(state) > 0) duties.push(duty('draw.record-call'));
  return duties;
}
