import type { Slice } from '../model/slice.js';

export const keepersSlice: Slice = { name: 'keepers', commands: {}, events: {} };
export * from './state.js';
