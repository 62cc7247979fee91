export { CLOCK_AHEAD_MS_MAX } from './rules.js';
export { zLanded } from './events.js';
export * from './state.js';
