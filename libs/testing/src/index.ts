export { FakeClock, SequentialIds } from '@app/platform';
export * from './database.js';
export * from './line-proxy.js';
export * from './ports.js';
export * from './redis.js';
export * from './services.js';
export * from './system.js';
export * from './status-of.js';
