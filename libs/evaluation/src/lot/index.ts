import type { Slice } from '../model/slice.js';

export const lotSlice: Slice = { name: 'lot', commands: {}, events: {} };
export * from './state.js';
