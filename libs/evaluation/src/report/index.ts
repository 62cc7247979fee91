export * from './content.js';
export { SIGNING_ENDS, type SigningEnd } from './events.js';
export * from './state.js';
