export * from './content.js';
export * from './state.js';
