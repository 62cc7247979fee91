import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import type { LotState } from '../kernel/state.js';

export const biddingDuties = ({ status, setup: { schedule } }: LotState, party: string): Duty[] =>
  status === 'SUBMISSION_OPEN' && schedule !== null && party === MAIN_NODE ? [duty('bidding.lock', '', schedule.deadline)] : [];

export const biddingLimits = ({ status, setup }: LotState): RunningLimit[] =>
  status === 'SUBMISSION_OPEN' ? limit('deadline', setup.schedule?.deadline) : [];
