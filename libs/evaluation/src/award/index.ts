export type { PassOverCause } from './commands.js';
export * from './methods/index.js';
export * from './selectors.js';
export * from './state.js';
