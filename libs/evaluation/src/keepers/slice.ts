import type { Slice } from '../kernel/slice.js';
import { keepersLimits } from './drill.js';
import { keepersDuties } from './duties.js';
import { keepersCommands } from './rules.js';
import { initialKeepers, keepersEvents } from './state.js';

/** Keepers of sealed boxes: keys published before, released when the condition holds; those of bids tried the day before. */
export const keepersSlice: Slice<'keepers'> = {
  name: 'keepers',
  initial: { keepers: initialKeepers },
  commands: keepersCommands,
  events: keepersEvents,
  duties: keepersDuties,
  limits: keepersLimits,
};
