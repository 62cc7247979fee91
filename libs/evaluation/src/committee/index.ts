import type { Slice } from '../model/slice.js';

export const committeeSlice: Slice = { name: 'committee', commands: {}, events: {} };
export * from './state.js';
