export { type Pool } from './commands.js';
export * from './matching.js';
export * from './order.js';
export * from './selectors.js';
export * from './state.js';
