import type { Slice } from '../model/slice.js';

export const openingSlice: Slice = { name: 'opening', commands: {}, events: {} };
export * from './state.js';
