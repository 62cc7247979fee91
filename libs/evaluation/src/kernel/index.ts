export * from './decimal.js';
export * from './fields.js';
export * from './need.js';
export * from './origins.js';
export * from './slice.js';
export * from './state.js';
export * from './status.js';
export * from './transitions.js';
