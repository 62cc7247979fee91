import type { Viewer } from '@app/contracts';
import type { Audience } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { isOwner } from '../lot/index.js';

const isAwardMember = (viewer: Viewer, state: LotState): boolean =>
  viewer.party !== null && state.award.committee?.includes(viewer.party) === true;

/** Those who decide or watch the award. */
const isAwardInsider = (viewer: Viewer, state: LotState): boolean =>
  viewer.party !== null &&
  (isOwner(viewer) || isAwardMember(viewer, state) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE);

/** Winner and tally: insiders at once, everybody when the result is announced to all (招标投标法 45). */
export const seesAward: Audience = (viewer, state) => isAwardInsider(viewer, state) || state.award.announced !== null;

/** A member's ballot: the supervisor and its member; the others see the tally (domain.md §8.2, secret ballots). */
export const seesBallot: Audience = (viewer, _state, entry, part) =>
  viewer.party !== null &&
  (viewer.party === MAIN_NODE || viewer.party === entry.party || viewer.roles.includes('supervisor') || part === `x:sheet:${viewer.party}`);

/** An objection and its answer: who objected, the owner, the supervisor. */
export const seesObjection: Audience = (viewer, state, entry) => {
  if (viewer.party === null) return false;
  if (isOwner(viewer) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE) return true;
  const { seq } = entry.header;
  return state.award.objections.some((one) => one.by === viewer.party && (one.seq === seq || one.answered?.seq === seq));
};

/** What a candidate or the authority says in words: who said it, the owner, the supervisor. */
export const seesWord: Audience = (viewer, _state, entry) =>
  viewer.party !== null &&
  (viewer.party === entry.party || isOwner(viewer) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE);

/** A notice is for its bidder; owner and supervisor see all of them. */
export const seesNotice: Audience = (viewer, _state, _entry, part) =>
  viewer.party !== null &&
  (part === `d:notice:${viewer.party}` || isOwner(viewer) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE);
