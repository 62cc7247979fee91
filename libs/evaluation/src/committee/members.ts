import type { Viewer } from '@app/contracts';
import { placeOf } from '../lot/index.js';
import type { Roster } from '../sealed-step/index.js';
import { type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import type { Presence } from './state.js';

/** Roles that sit and vote in the evaluation committee (评标委员会). */
export const MEMBER_ROLES = ['expert', 'tenderer-representative'] as const;

/** Members as the lot stands: admitted and not excused, in the order of their names. */
export const membersOf = (state: LotState): string[] =>
  Object.keys(state.parties)
    .filter((party) => isMember(state, party))
    .sort();

export const isMember = (state: LotState, party: string): boolean =>
  own(state.committee.excused, party) === undefined &&
  MEMBER_ROLES.some((role) => own(state.parties, party)?.roles.includes(role) === true);

export const isRepresentative = (state: LotState, party: string): boolean =>
  own(state.parties, party)?.roles.includes('tenderer-representative') === true;

export const presenceOf = (state: LotState, party: string): Presence | undefined => own(state.committee.present, party);

/** Where a party sits: where he is signed in, else where the lot has him; null while that is open. */
export const seatOf = (state: LotState, party: string): string | null => presenceOf(state, party)?.seat ?? placeOf(state, party).seat;

/** Present, pledged, and not excused: may take part in the evaluation. */
export const isSeated = (state: LotState, party: string): boolean =>
  isMember(state, party) && (presenceOf(state, party)?.pledgedAt ?? null) !== null;

/** Every place that the tender document plans is taken by a member who is present and has pledged. */
export function isComplete(state: LotState): boolean {
  const members = membersOf(state);
  return members.length === state.setup.rules?.committee.members && members.every((party) => isSeated(state, party));
}

/** 招标人确定负责人 (12号令 9), by the tender document; else the members elect one. */
export const isChairDesignated = (state: LotState): boolean => state.setup.rules?.chair === 'designated';

/** Members on duty, the supervisor and the venue that keeps the log: who sees the work of the committee (domain.md §2.2). */
export const isInsider = (viewer: Viewer, state: LotState): boolean =>
  viewer.party !== null && (isMember(state, viewer.party) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE);

/** Who hands in sheets. */
export const rosterOf = (state: LotState): Roster => ({ members: membersOf(state), isComplete: isComplete(state) });
