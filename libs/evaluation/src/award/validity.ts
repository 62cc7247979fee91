import type { Context } from '@app/contracts';
import { type Of } from '../kernel/fields.js';
import { accept, type Decision, duty, type Duty, refuse } from '../kernel/slice.js';
import { hasRole, type LotState } from '../kernel/state.js';
import { openedBidders } from '../opening/index.js';
import { validityOf } from '../review/index.js';
import type * as commands from './commands.js';

/** 12号令 40: the tenderer asks every bidder whose bid still binds to extend its validity; each may say no, by saying nothing (条例 25). */
export function askValidity(
  state: LotState,
  { party, payload: { until, reason } }: Of<typeof commands.zAskValidity>,
  { at }: Context,
): Decision {
  const ends = openedBidders(state).flatMap((bidder) => validityOf(state, bidder)?.at ?? []);
  if (ends.length === 0) return refuse('WRONG_STATE', 'no bid was opened, so none has a validity to extend');
  if (!ends.some((end) => at < end))
    return refuse('E_DEADLINE_PASSED', 'the validity of every bid has ended: nobody is asked to be bound again');
  if (!ends.some((end) => at < end && end < until))
    return refuse('E_INPUT', 'until: every bid that still binds is valid until then already');
  return accept([{ type: 'award.validity-asked', at, by: party, until, reason }]);
}

/** The bidder's own certified word, while the bid binds: afterwards whoever has seen the result would choose whether to be bound. */
export function extendValidity(
  state: LotState,
  { party, payload: { until } }: Of<typeof commands.zExtendValidity>,
  { at }: Context,
): Decision {
  const validity = validityOf(state, party);
  if (validity === null) return refuse('FORBIDDEN', 'only a bid that was opened has a validity to extend');
  if (at >= validity.at) return refuse('E_DEADLINE_PASSED', `your bid was valid until ${validity.at}`);
  if (until <= validity.at) return refuse('E_INPUT', `until: your bid is valid until ${validity.at} already`);
  return accept([{ type: 'award.validity-extended', at, bidder: party, until }]);
}

/** Whoever was asked answers while his bid binds. */
export function validityDuties(state: LotState, party: string): Duty[] {
  const { asked } = state.award;
  if (asked === null || !hasRole(state, party, 'bidder')) return [];
  const validity = validityOf(state, party);
  const isOpen = validity !== null && validity.at < asked.until && (state.at ?? '') < validity.at;
  return isOpen ? [duty('award.extend-validity', '', null, validity.at)] : [];
}
