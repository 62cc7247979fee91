import type { Role, Viewer } from '@app/contracts';
import type { Audience } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { attesterOf, hasOrder, isSignedIn, placeOf, venueOf } from './selectors.js';

/** The signer, the supervisor and the main venue's node. */
export const ownersAudience: Audience = (viewer, _state, entry) =>
  viewer.party !== null && (viewer.party === entry.party || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor'));

/** Tenderer and agency. */
export const isOwner = (viewer: Viewer): boolean => viewer.roles.includes('tenderer') || viewer.roles.includes('agency');

/** Everybody who sees the entry at all. */
export const everybody: Audience = () => true;

/** Until the result is fixed the committee's names are secret (招标投标法 37). */
const isResultFixed = (state: LotState): boolean => state.award.announced !== null;

/** 开标受托人: bids are sealed to their keys, so whoever may want to bid must see whose keys these are. */
export const isOpeningTrustee = ({ setup }: LotState, party: string): boolean => setup.keepers.bids.parties.includes(party);

/**
 * Who may know who a party is (domain.md §2.2), part `binding:<party>`: himself, the main venue's node and, with the exceptions below,
 * everybody who works on the lot; who the opening trustees are, everybody who sees the lot.
 */
export const bindingAudience: Audience = (viewer, state, _entry, part) => {
  const party = part.slice('d:binding:'.length);
  const facts = own(state.parties, party);
  if (facts === undefined) return false;
  if (viewer.party !== null && (viewer.party === party || viewer.party === MAIN_NODE)) return true;
  // A member who was replaced keeps his secrecy with his name.
  if (isMember(facts.admittedAs)) return seesMember(viewer, state, party);
  if (facts.admittedAs.includes('bidder')) return seesBidder(state);
  return viewer.party !== null || isOpeningTrustee(state, party);
};

/**
 * Whom parties were bound to, as the entry's own command says it (parts `x:bindings`, `x:binding`): its owners, and whoever may know of
 * every party that the entry admits who it is, so that he can judge the entry.
 */
export const admittedAudience: Audience = (viewer, state, entry, part) => {
  if (ownersAudience(viewer, state, entry, part)) return true;
  const admitted = Object.keys(entry.header.parts).filter((name) => name.startsWith('d:binding:'));
  return viewer.party !== null && admitted.every((name) => bindingAudience(viewer, state, entry, name));
};

const isMember = (roles: readonly Role[]): boolean => roles.includes('expert') || roles.includes('tenderer-representative');

/**
 * Drawn names are sealed even to the centre and the supervisor until the member has signed in, the supervisor's order excepted. Then the
 * supervisor, the witness and the nodes that host him know him, and members know each other. Owner and agency: when the result is fixed;
 * in procurement the announcement tells everybody (87号令 69).
 */
const seesMember = (viewer: Viewer, state: LotState, party: string): boolean => {
  if (isResultFixed(state)) {
    if (state.setup.regime === 'GOV_PROCUREMENT') return true;
    if (viewer.roles.includes('tenderer') || viewer.roles.includes('agency')) return true;
  }
  if (viewer.party === null) return false;
  if (viewer.roles.includes('supervisor') && hasOrder(state, 'UNSEAL_IDENTITIES')) return true;
  // The venue where he sits must know whom to let in, and whoever attests his keys whose they are.
  if (viewer.roles.includes('node'))
    return hosts(viewer, state, party) || (isSignedIn(state, party) && viewer.party === attesterOf(state, party));
  return isSignedIn(state, party) && (viewer.roles.includes('supervisor') || viewer.roles.includes('witness') || isMember(viewer.roles));
};

/** Is the viewer the node of the venue where this party sits, or will sit? */
const hosts = (viewer: Viewer, state: LotState, party: string): boolean => {
  const { venue } = placeOf(state, party);
  return viewer.party !== null && viewer.roles.includes('node') && venue !== null && venueOf(state, viewer.party) === venue;
};

/**
 * Where a drawn expert will sit: where the plan has one place at a venue, it says which place he fills (domain.md §2.2). So it is for
 * himself, for the venue that makes the seat ready and for the main venue's node; for everybody once he sits there.
 */
export const seesPlace = (viewer: Viewer, state: LotState, party: string): boolean =>
  viewer.party === MAIN_NODE || viewer.party === party || isSignedIn(state, party) || hosts(viewer, state, party);

/** 电子招标投标办法 21: who bids is secret until the list is published; engines before 0.4.0 made bidders parties at the lock. */
const seesBidder = ({ opening: { step } }: LotState): boolean => step !== 'WAITING' && step !== 'STARTED';
