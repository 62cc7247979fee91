import { MAIN_NODE } from '../kernel/origins.js';
import type { Audience } from '../kernel/slice.js';
import { isOpeningTrustee } from '../lot/index.js';
import { isListPublished } from './selectors.js';

/**
 * Who downloaded, replaced or withdrew (电子招标投标办法 21): the supervisor, the nodes and the opening trustees (开标受托人), whose keys go by
 * this entry and who judge it first. Not before the list is published, for from the acts anybody counts the bids; of a lot that failed
 * without one nobody releases a key, and its acts stay with supervisor and nodes.
 */
export const actsAudience: Audience = (viewer, state) => {
  if (viewer.party === MAIN_NODE) return true;
  const isTold = isListPublished(state);
  if (viewer.party === null || (!isTold && state.status !== 'LOT_FAILED')) return false;
  if (viewer.roles.includes('supervisor') || viewer.roles.includes('node')) return true;
  return isTold && isOpeningTrustee(state, viewer.party);
};

/** The list itself is everybody's when it is published; that of a lot that failed before stays with those who judge it. */
export const listAudience: Audience = (viewer, state, entry, part) => isListPublished(state) || actsAudience(viewer, state, entry, part);
