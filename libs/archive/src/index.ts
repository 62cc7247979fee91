export * from './digests.js';
export * from './format.js';
export * from './read.js';
export * from './receipt.js';
export * from './trust.js';
export * from './web-bundle.js';
export * from './write.js';
