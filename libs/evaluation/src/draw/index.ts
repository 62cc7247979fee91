import type { Slice } from '../model/slice.js';

export const drawSlice: Slice = { name: 'draw', commands: {}, events: {} };
export * from './state.js';
