import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { DRAW_STATES, dueContacts } from './selectors.js';

/** Who owes what of the draw: nonces of those the plan names, the rest of the main venue. */
export function drawDuties(state: LotState, party: string): Duty[] {
  const { request, pool, commits, reveals } = state.draw;
  if (request === null || !DRAW_STATES.includes(state.status)) return [];
  const isContributor = request.nonceParties.includes(party);
  const areCommitted = request.nonceParties.every((named) => own(commits, named) !== undefined);
  const duties: Duty[] = [];
  if (isContributor && own(commits, party) === undefined) duties.push(duty('draw.commit-nonce'));
  // domain.md §5.4: every contribution is committed before the list of candidates is frozen.
  if (party === MAIN_NODE && areCommitted && pool === null) duties.push(duty('draw.fix-pool'));
  if (isContributor && areCommitted && pool !== null && own(reveals, party) === undefined) duties.push(duty('draw.reveal-nonce'));
  // One after the other: an expert's pseudonym is his number among those who accepted.
  const next = party === MAIN_NODE ? dueContacts(state)[0] : undefined;
  return next === undefined ? duties : [...duties, duty('draw.record-contact', next.candidate)];
}
