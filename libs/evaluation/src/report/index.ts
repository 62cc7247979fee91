export * from './content.js';
export { zDelivered } from './events.js';
export * from './state.js';
