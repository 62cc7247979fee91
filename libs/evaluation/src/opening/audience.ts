import type { LotEvent } from '@app/contracts';
import type { Audience } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { own } from '../kernel/state.js';
import { mayReadBidPart, typeOfKeys } from './parts.js';
import { isDecryptionClosed, seesPrices } from './selectors.js';

/**
 * Index and opening sheet of a bid, and the record that quotes them. While others may still decide whether to decrypt, a price is its
 * bidder's, the supervisor's and the main venue's; all become public together (电子招标投标办法 30).
 */
export const pricesAudience: Audience = (viewer, state, entry) => {
  if (isDecryptionClosed(state)) return seesPrices(viewer, state);
  const bid = openedBy(entry.events);
  const bidder = bid === undefined ? undefined : own(state.bidding.bids, bid)?.bidder;
  return viewer.party !== null && (viewer.party === bidder || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor'));
};

function openedBy(events: readonly LotEvent[]): string | undefined {
  const bid = events.find(({ type }) => type === 'opening.bid-opened')?.['bid'];
  return typeof bid === 'string' ? bid : undefined;
}

/**
 * The inner layer's key opens the whole bid at once, prices too, so it stays with its bidder, the supervisor and the main venue, which
 * serves the parts one by one to whom `mayReadBidPart` allows.
 */
export const fileKeyAudience: Audience = (viewer, _state, entry) =>
  viewer.party !== null && (viewer.party === entry.party || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor'));

/** Keys of the parts of one type: whoever may read the parts may open them himself. */
export const partKeysAudience: Audience = (viewer, state, entry, part) => {
  const type = typeOfKeys(part.slice('x:'.length));
  const bid = openedBy(entry.events);
  return type !== undefined && bid !== undefined && mayReadBidPart(viewer, state, bid, type);
};
