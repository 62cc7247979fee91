export * from './commands.js';
export * from './nonces.js';
export * from './ring.js';
export * from './state.js';
