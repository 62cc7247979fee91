export * from './commands.js';
export * from './correction.js';
export * from './findings.js';
export * from './low-price.js';
export * from './selectors.js';
export { initialMotions, type Motion, type MotionsState } from './state.js';
