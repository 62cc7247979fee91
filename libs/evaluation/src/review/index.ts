import type { Slice } from '../model/slice.js';

export const reviewSlice: Slice = { name: 'review', commands: {}, events: {} };
export * from './state.js';
