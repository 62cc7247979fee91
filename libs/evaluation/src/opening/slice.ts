import type { Slice } from '../kernel/slice.js';
import { openingDuties, openingLimits, openingPurposes } from './duties.js';
import { openingCommands } from './rules.js';
import { initialOpening, openingEvents, openingFollows } from './state.js';

/** 不见面开标: the session from the start to the signed record. */
export const openingSlice: Slice<'opening'> = {
  name: 'opening',
  initial: { opening: initialOpening },
  commands: openingCommands,
  events: openingEvents,
  follows: openingFollows,
  duties: openingDuties,
  limits: openingLimits,
  purposes: openingPurposes,
};
