import type { Slice } from '../kernel/slice.js';
import { biddingCommands } from './rules.js';
import { biddingEvents } from './evolve.js';

/** Bids until the deadline: acts in the platform log, the list in the lot's. */
export const biddingSlice: Slice = { name: 'bidding', commands: biddingCommands, events: biddingEvents };
export * from './acts.js';
export * from './commands.js';
export * from './opening-sheet.js';
export * from './selectors.js';
export * from './state.js';
