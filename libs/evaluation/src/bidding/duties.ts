import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { hasRole, type LotState } from '../kernel/state.js';
import { openDocumentObjections } from './selectors.js';

export function biddingDuties(state: LotState, party: string): Duty[] {
  const { status, setup } = state;
  if (status === 'SUBMISSION_OPEN')
    return setup.schedule !== null && party === MAIN_NODE ? [duty('bidding.lock', '', setup.schedule.deadline)] : [];
  if (status !== 'SUBMISSION_CLOSED' || !hasRole(state, party, 'agency')) return [];
  return openDocumentObjections(state).map((id) => duty('bidding.answer-objection', id));
}

export const biddingLimits = ({ status, setup }: LotState): RunningLimit[] =>
  status === 'SUBMISSION_OPEN' ? limit('deadline', setup.schedule?.deadline) : [];
