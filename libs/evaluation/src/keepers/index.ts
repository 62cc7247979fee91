export * from './commands.js';
export { drillOf, drillTimes, undrilled } from './drill.js';
export * from './nonces.js';
export * from './ring.js';
export * from './state.js';
