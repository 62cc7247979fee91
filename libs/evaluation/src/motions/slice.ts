import type { Slice } from '../kernel/slice.js';
import { motionsDuties, motionsLimits } from './duties.js';
import { motionsCommands } from './rules.js';
import { initialMotions, motionsEvents, motionsFollows } from './state.js';

/** 表决事项: what the committee decides by vote between review and ranking, and what it asks of a bidder by it. */
export const motionsSlice: Slice<'motions'> = {
  name: 'motions',
  initial: { motions: initialMotions },
  commands: motionsCommands,
  events: motionsEvents,
  follows: motionsFollows,
  duties: motionsDuties,
  limits: motionsLimits,
};
