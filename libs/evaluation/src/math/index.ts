export * from './calendar.js';
export * from './decimal.js';
export * from './limit.js';
export * from './need.js';
export * from './trim.js';
