import type { Performer } from '../performer.js';

/** At the deadline every act that the platform log holds goes into the lock. */
export const lock: Performer = {
  command: 'bidding.lock',
  needsQuorum: false,
  act: async ({ origin, setup }, _duty, { acts }) => ({
    payload: {},
    secrets: { acts: await acts.settled(origin, setup.schedule?.deadline ?? '') },
  }),
};
