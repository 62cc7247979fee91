import type { Slice } from '../kernel/slice.js';
import { lotCommands } from './rules.js';
import { lotEvents } from './evolve.js';

/** The lot itself: founding, publication, and what may befall it as a whole. */
export const lotSlice: Slice = { name: 'lot', commands: lotCommands, events: lotEvents };
export * from './audience.js';
export * from './commands.js';
export * from './erasure.js';
export * from './publication.js';
export * from './selectors.js';
export * from './state.js';
export * from './tender-rules.js';
