import type { Slice } from '../kernel/slice.js';
import { lotDuties, lotLimits } from './duties.js';
import { lotCommands } from './rules.js';
import { initialSetup, lotEvents } from './state.js';

/** The lot itself: founding, publication, and what may befall it as a whole. */
export const lotSlice: Slice<'setup'> = {
  name: 'lot',
  initial: { setup: initialSetup },
  commands: lotCommands,
  events: lotEvents,
  duties: lotDuties,
  limits: lotLimits,
};
