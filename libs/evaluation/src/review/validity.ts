import { wholeEnd } from '../law/limit.js';
import { refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { bidOf } from '../bidding/index.js';
import { ruleSetOf } from '../lot/index.js';
import { openingSheetOf } from '../opening/index.js';

/** Until when a bid binds its bidder, and the entry that says so: the opening of the bid, or the bidder's consent to a later end. */
export interface Validity {
  readonly seq: number;
  readonly by: string;
  readonly at: string;
}

/**
 * 投标有效期: until when a bid binds its bidder (条例 25: counted from the deadline, as the bid says; longer by the bidder's own consent).
 * Null where this reader does not see the opening sheet, or the bid was not opened.
 */
export function validityOf(state: LotState, bidder: string): Validity | null {
  const extended = own(state.award.validity, bidder);
  if (extended !== undefined) return { seq: extended.seq, by: bidder, at: extended.until };
  const seq = own(state.opening.bids, bidOf(state, bidder)?.bid ?? '')?.sheetSeq ?? null;
  const days = openingSheetOf(state, bidder)?.validityDays;
  const deadline = state.setup.schedule?.deadline;
  if (seq === null || days === undefined || deadline === undefined) return null;
  return { seq, by: bidder, at: wholeEnd(deadline, { value: days, unit: 'calendar-day' }, ruleSetOf(state).calendar) };
}

/** What puts a bid out whose validity ended without its bidder's consent to a later end (domain.md §3.7); null while it binds. */
export function expiryOf(state: LotState, bidder: string, at: string): Validity | null {
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
