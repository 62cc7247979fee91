import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';

/**
 * Released keys. Those of bids are for everybody: the bids' inner layer still holds, and anybody may check that the boxes were whole.
 * Those of sheets and ballots would show members' scores to the bidders, so they go to the nodes, the supervisor and the members.
 */
export const keyAudience: Audience = (viewer, _state, entry) => {
  if (entry.events.some((event) => event.type === 'sealing.key-released' && event['purpose'] === 'bids')) return true;
  if (viewer.party === null) return false;
  if (viewer.party === entry.party || viewer.party === MAIN_NODE) return true;
  return viewer.roles.some((role) => role === 'node' || role === 'supervisor');
};
