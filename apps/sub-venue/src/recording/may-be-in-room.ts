import { isOnlyCalled, type LotState, MEMBER_ROLES, own } from '@app/evaluation';
import type { Role } from '@app/contracts';

/** Who sits in an evaluation room (评标室): whoever evaluates or decides, the agency that holds the meeting, and whoever watches it on the spot. */
const ROOM_ROLES: ReadonlySet<Role> = new Set([...MEMBER_ROLES, 'award-member', 'agency', 'witness', 'supervisor'] as const);

/** As the lot stands: not while an expert is only called, and not after a party has left (回避、更换). */
export const mayBeInRoom = (state: LotState, party: string): boolean =>
  own(state.parties, party)?.roles.some((role) => ROOM_ROLES.has(role)) === true &&
  own(state.committee.excused, party) === undefined &&
  !isOnlyCalled(state, party);
