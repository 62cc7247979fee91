export * from './audience.js';
export * from './commands.js';
export * from './crypto.js';
export * from './erasure.js';
export { zLostMs, zLotResumed } from './events.js';
export * from './publication.js';
export * from './selectors.js';
export * from './state.js';
export * from './tender-rules.js';
