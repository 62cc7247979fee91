import { refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { isMember, isSeated, presenceOf } from './members.js';

/** Refusal for whoever is no sitting member: not admitted, excused, not signed in, or not pledged. */
export function seatFault(state: LotState, party: string): Refused | null {
  if (!isMember(state, party)) return refuse('FORBIDDEN', 'you are not a member of the committee any more');
  if (presenceOf(state, party) === undefined) return refuse('E_NOT_SIGNED_IN', 'sign in at your seat first');
  if (!isSeated(state, party)) return refuse('E_NOT_SIGNED_IN', 'give the pledge first');
  return null;
}
