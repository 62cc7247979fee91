import type { Slice } from '../kernel/slice.js';
import { drawDuties } from './duties.js';
import { drawCommands } from './rules.js';
import { drawPurposes } from './seed.js';
import { drawEvents, initialDraw } from './state.js';

/** 专家抽取: one seed for a lot's life, an order nobody chose, places filled in that order. */
export const drawSlice: Slice<'draw'> = {
  name: 'draw',
  initial: { draw: initialDraw },
  commands: drawCommands,
  events: drawEvents,
  duties: drawDuties,
  purposes: drawPurposes,
};
