export type { ReceivedSecurity } from './commands.js';
export * from './selectors.js';
export * from './state.js';
