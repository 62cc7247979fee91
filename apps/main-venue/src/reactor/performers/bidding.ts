import { actsSecret } from '@app/evaluation';
import type { Performer } from '../performer.js';

/** At the deadline every act that the platform log holds goes into the lock; engines before 0.4.0 take the bare list. */
export const lock: Performer = {
  command: 'bidding.lock',
  needsQuorum: false,
  act: async ({ origin, setup }, _duty, { acts }, run) => {
    const all = await acts.settled(origin, setup.schedule?.deadline ?? '');
    return { payload: {}, secrets: { acts: run.takes('bidding.lock') ? actsSecret(all) : all } };
  },
};
