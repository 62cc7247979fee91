import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { attestedBy } from './lot-keys.js';
import { recused } from './replacement.js';
import { isChairDesignated, isComplete, isMember, presenceOf } from './members.js';
import { GATHERING_STATES } from './steps.js';

/** Members come, pledge and elect; nodes attest their keys; the agency forms the committee when it is complete. */
export function committeeDuties(state: LotState, party: string): Duty[] {
  if (party === MAIN_NODE) return recused(state).length > 0 ? [duty('committee.recuse')] : [];
  if (hasRole(state, party, 'node')) return attestedBy(state, party).map((key) => duty('committee.attest-key', key));
  return [
    ...(isMember(state, party) ? ofMember(state, party) : []),
    ...(hasRole(state, party, 'agency') ? ofAgency(state) : []),
    ...(hasRole(state, party, 'tenderer') ? ofTenderer(state) : []),
  ];
}

function ofTenderer(state: LotState): Duty[] {
  const { status, committee } = state;
  const isTime = (status === 'COMMITTEE_READY' || status === 'EVALUATING') && committee.chair === null && isComplete(state);
  return isTime && isChairDesignated(state) ? [duty('committee.designate-chair')] : [];
}

function ofMember(state: LotState, party: string): Duty[] {
  const { status, committee } = state;
  if (!GATHERING_STATES.includes(status)) return [];
  const presence = presenceOf(state, party);
  if (presence === undefined) return [duty('committee.sign-in')];
  if (presence.pledgedAt === null) return [duty('committee.pledge')];
  const mayElect = (status === 'COMMITTEE_READY' || status === 'EVALUATING') && isComplete(state);
  const owes = mayElect && committee.chair === null && !isChairDesignated(state) && own(committee.election.ballots, party) === undefined;
  return owes ? [duty('committee.elect-chair')] : [];
}

function ofAgency(state: LotState): Duty[] {
  if (!isComplete(state)) return [];
  // 87号令 44: the purchaser reviews qualification before the committee begins.
  const isTime = state.status === 'QUALIFICATION_BY_PURCHASER' || (state.status === 'OPENED' && state.setup.regime !== 'GOV_PROCUREMENT');
  return isTime ? [duty('committee.form')] : [];
}

export const committeeLimits = ({ status, committee }: LotState): RunningLimit[] =>
  status === 'EVALUATING' ? limit('more-time', committee.moreTime.grantedUntil) : [];
