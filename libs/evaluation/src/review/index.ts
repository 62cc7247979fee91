export * from './audience.js';
export * from './bids.js';
export * from './state.js';
