export * from './direct-vote.js';
export * from './selectors.js';
export * from './state.js';
