export * from './china-calendar.js';
export * from './grounds.js';
export * from './rule-set.js';
export * from './rule-sets.js';
export * from './tender-rules.js';
