export { PartEraser } from './eraser.js';
export type { Erase } from './eraser.js';
export { GroupCommit } from './group-commit.js';
export { LogStore, READ_ENTRIES_MAX, toOpening } from './log-store.js';
export type { OpenedEntry } from './log-store.js';
export { openOne, sealOne } from './one-part.js';
export type * from './store.types.js';
