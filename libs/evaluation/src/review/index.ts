export * from './audience.js';
export * from './bids.js';
export { brandOf, countedBidders } from './brands.js';
export * from './state.js';
export * from './validity.js';
