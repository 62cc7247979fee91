export * from './coefficient.js';
export * from './commands.js';
export { zClosed } from './events.js';
export * from './parts.js';
export * from './record.js';
export * from './selectors.js';
export * from './state.js';
