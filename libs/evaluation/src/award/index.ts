import type { Slice } from '../model/slice.js';

export const awardSlice: Slice = { name: 'award', commands: {}, events: {} };
export * from './state.js';
