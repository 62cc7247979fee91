import { MAIN_NODE } from '../kernel/origins.js';
import type { Audience } from '../kernel/slice.js';
import { isOwner } from '../lot/index.js';

/** The number of a payment or guarantee names an account: the owner, the supervisor, and whoever gave it. */
export const numberAudience: Audience = (viewer, _state, { events }) => {
  if (viewer.party === null) return false;
  if (isOwner(viewer) || viewer.roles.includes('supervisor') || viewer.party === MAIN_NODE) return true;
  return events.some(({ type, bidder }) => type === 'security.recorded' && bidder === viewer.party);
};
