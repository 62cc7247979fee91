import type { Slice } from '../kernel/slice.js';
import { committeeDuties, committeeLimits } from './duties.js';
import { committeeCommands } from './rules.js';
import { committeeEvents, committeeFollows, initialCommittee } from './state.js';

/** 评标委员会: who sits, who leads, which step is open to all venues. */
export const committeeSlice: Slice<'committee'> = {
  name: 'committee',
  initial: { committee: initialCommittee },
  commands: committeeCommands,
  events: committeeEvents,
  follows: committeeFollows,
  duties: committeeDuties,
  limits: committeeLimits,
};
