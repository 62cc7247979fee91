export * from './workers/media-codecs.js';
export * from './workers/media-workers.js';
export * from './workers/media-workers.types.js';
