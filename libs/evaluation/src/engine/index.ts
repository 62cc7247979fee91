export * from './audience.js';
export * from './decide.js';
export * from './duties.js';
export * from './evolve.js';
export * from './initial.js';
export * from './limits.js';
export * from './slices.js';
export * from './migrate.js';
