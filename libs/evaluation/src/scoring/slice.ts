import type { Slice } from '../kernel/slice.js';
import { scoringDuties, scoringPurposes } from './duties.js';
import { scoringCommands } from './rules.js';
import { initialScoring, scoringEvents, scoringFollows } from './state.js';

/** 详细评审: independent scores, opened together; prices by the method of the tender document. */
export const scoringSlice: Slice<'scoring'> = {
  name: 'scoring',
  initial: { scoring: initialScoring },
  commands: scoringCommands,
  events: scoringEvents,
  follows: scoringFollows,
  duties: scoringDuties,
  purposes: scoringPurposes,
};
