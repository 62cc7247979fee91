import type { Slice } from '../kernel/slice.js';
import { awardDuties, awardLimits, awardPurposes } from './duties.js';
import { awardCommands } from './rules.js';
import { awardEvents, awardFollows, initialAward } from './state.js';

/** 定标: candidates, objections, the decision or the vote, notices, contract. */
export const awardSlice: Slice<'award'> = {
  name: 'award',
  initial: { award: initialAward },
  commands: awardCommands,
  events: awardEvents,
  follows: awardFollows,
  duties: awardDuties,
  limits: awardLimits,
  purposes: awardPurposes,
};
