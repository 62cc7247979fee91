import type { Context } from '@app/contracts';
import { wholeEnd } from '../law/limit.js';
import { type Of } from '../kernel/fields.js';
import { accept, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { bidOf } from '../bidding/index.js';
import { ruleSetOf } from '../lot/index.js';
import { openingSheetOf } from '../opening/index.js';
import type * as commands from './commands.js';
import type { Evidence } from './state.js';

/**
 * 投标有效期: until when a bid binds its bidder (条例 25: counted from the deadline, as the bid says; longer by the bidder's own consent),
 * with the entry that says so. Null where this reader does not see the opening sheet, or the bid was not opened.
 */
function validityOf(state: LotState, bidder: string): Evidence | null {
  const extended = own(state.award.validity, bidder);
  if (extended !== undefined) return { seq: extended.seq, by: bidder, at: extended.until };
  const seq = own(state.opening.bids, bidOf(state, bidder)?.bid ?? '')?.sheetSeq ?? null;
  const days = openingSheetOf(state, bidder)?.validityDays;
  const deadline = state.setup.schedule?.deadline;
  if (seq === null || days === undefined || deadline === undefined) return null;
  return { seq, by: bidder, at: wholeEnd(deadline, { value: days, unit: 'calendar-day' }, ruleSetOf(state).calendar) };
}

/** What puts a bid out whose validity ended without its bidder's consent to a later end (domain.md §3.7); null while it binds. */
export function expiryOf(state: LotState, bidder: string, at: string): Evidence | null {
  const validity = validityOf(state, bidder);
  return validity === null || at < validity.at ? null : validity;
}

/** Nobody is held to a bid that has ended: it is out, the lot is not. */
export function expiredFault(state: LotState, bidder: string, at: string): Refused | null {
  const expired = expiryOf(state, bidder, at);
  return expired === null
    ? null
    : refuse(
        'E_BID_EXPIRED',
        `the bid of ${bidder} was valid until ${expired.at}, and no later end was agreed to: pass it over (INVALID_VALIDITY)`,
      );
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
