import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { mayReadBidPart, typeOfKeys } from './parts.js';
import { seesPrices } from './selectors.js';

/** Index and opening sheet of a bid, and the record that quotes them. */
export const pricesAudience: Audience = (viewer, state) => seesPrices(viewer, state);

/**
 * The inner layer's key opens the whole bid at once, prices too, so it stays with its bidder, the supervisor and the main venue, which
 * serves the parts one by one to whom `mayReadBidPart` allows.
 */
export const fileKeyAudience: Audience = (viewer, _state, entry) =>
  viewer.party !== null && (viewer.party === entry.party || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor'));

/** Keys of the parts of one type: whoever may read the parts may open them himself. */
export const partKeysAudience: Audience = (viewer, state, entry, part) => {
  const type = typeOfKeys(part.slice('x:'.length));
  const bid = entry.events.find((event) => event.type === 'opening.bid-opened')?.['bid'];
  return type !== undefined && typeof bid === 'string' && mayReadBidPart(viewer, state, bid, type);
};
