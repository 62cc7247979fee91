import { event } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import { zListOpened } from './events.js';

export const biddingEvents = {
  'bidding.list-opened': event({
    schema: zListOpened,
    evolve: (state, { at, bids, counts }, { header: { seq } }) =>
      moveTo(
        { ...state, bidding: { lockedAt: at, seq, bids: Object.fromEntries(bids.map((bid) => [bid.bid, bid])), counts } },
        'SUBMISSION_CLOSED',
      ),
  }),
} as const;
