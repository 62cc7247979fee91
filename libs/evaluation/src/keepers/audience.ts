import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';

const OPEN_PURPOSES: ReadonlySet<string> = new Set(['bids', 'draw', 'coefficient']);

/**
 * Released keys. Those of bids are for everybody: the bids' inner layer still holds, and anybody may check that the boxes were whole. So
 * are those of nonces, which are opened to everybody with them.
 * Those of sheets and ballots would show members' scores to the bidders, so they go to the nodes, the supervisor and the members.
 */
export const keyAudience: Audience = (viewer, _state, entry) => {
  const purpose = entry.events.find(({ type }) => type === 'sealing.key-released')?.['purpose'];
  if (typeof purpose === 'string' && OPEN_PURPOSES.has(purpose)) return true;
  if (viewer.party === null) return false;
  if (viewer.party === entry.party || viewer.party === MAIN_NODE) return true;
  return viewer.roles.some((role) => role === 'node' || role === 'supervisor');
};
