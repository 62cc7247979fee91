export * from './methods/index.js';
export * from './selectors.js';
export * from './state.js';
