import type { Slice } from '../kernel/slice.js';
import { biddingDuties, biddingLimits } from './duties.js';
import { biddingCommands } from './rules.js';
import { biddingEvents, initialBidding } from './state.js';

/** Bids until the deadline: acts in the platform log, the list in the lot's. */
export const biddingSlice: Slice<'bidding'> = {
  name: 'bidding',
  initial: { bidding: initialBidding },
  commands: biddingCommands,
  events: biddingEvents,
  duties: biddingDuties,
  limits: biddingLimits,
};
