import type { Slice } from '../model/slice.js';

export const scoringSlice: Slice = { name: 'scoring', commands: {}, events: {} };
export * from './state.js';
