import type { Slice } from '../kernel/slice.js';
import { keepersCommands } from './rules.js';
import { keepersEvents } from './evolve.js';

/** Keepers of sealed boxes: keys published before, released when the condition holds. */
export const keepersSlice: Slice = { name: 'keepers', commands: keepersCommands, events: keepersEvents };
export * from './boxes.js';
export * from './commands.js';
export * from './manifest.js';
export * from './releasable.js';
export * from './state.js';
