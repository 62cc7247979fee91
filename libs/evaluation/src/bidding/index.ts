import type { Slice } from '../model/slice.js';

export const biddingSlice: Slice = { name: 'bidding', commands: {}, events: {} };
export * from './state.js';
