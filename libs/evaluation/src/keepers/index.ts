export * from './commands.js';
export * from './ring.js';
export * from './state.js';
