import type { Slice } from '../kernel/slice.js';
import { drawCommands } from './rules.js';
import { drawEvents } from './evolve.js';

/** 专家抽取: one seed for a lot's life, an order nobody chose, places filled in that order. */
export const drawSlice: Slice = { name: 'draw', commands: drawCommands, events: drawEvents };
export * from './matching.js';
export * from './order.js';
export * from './selectors.js';
export * from './state.js';
export { type Pool, zPool } from './commands.js';
