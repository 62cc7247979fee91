export * from './data-source.js';
export * from './migrate-step.js';
export * from './snake-naming.js';
