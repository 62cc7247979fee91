import type { LotState } from '@app/evaluation';
import { kept, ORIGIN } from '../../../libs/verifying/test/support/kept-lot.js';
import type { WatchedReplica } from '../src/keeper/keeper.js';

export { lot, ME, ORIGIN } from '../../../libs/verifying/test/support/kept-lot.js';

export const replica = (state: LotState, quorateSize: number, more: Partial<WatchedReplica> = {}): WatchedReplica => ({
  ...kept(state, quorateSize),
  origin: ORIGIN,
  name: { origin: ORIGIN, lot: 'a', round: 1 },
  hasProven: () => false,
  state,
  ...more,
});
