import type { Slice } from '../model/slice.js';

export const reportSlice: Slice = { name: 'report', commands: {}, events: {} };
export * from './state.js';
