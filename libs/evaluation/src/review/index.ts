export * from './audience.js';
export * from './bids.js';
export { type ReviewEntry, type Sheet as ReviewSheet } from './commands.js';
export * from './state.js';
