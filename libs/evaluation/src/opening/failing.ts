import type { LotEvent } from '@app/contracts';
import { checkBox } from '@app/sealing';
import { manifestOf } from '../bidding/index.js';
import { ringOf } from '../keepers/index.js';
import { recoverBox } from '../sealed-step/index.js';
import { profileFor } from '../lot/index.js';
import { refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { areBidsOpenable } from './selectors.js';
import type { DecryptResult, FaultParty, OpenedBid } from './state.js';

/** The bid, when it has one of these statuses. */
export function bidAt(state: LotState, bid: string, statuses: readonly OpenedBid['status'][]): OpenedBid | Refused {
  const opened = own(state.opening.bids, bid);
  if (opened === undefined) return refuse('NOT_FOUND', 'no such bid');
  return statuses.includes(opened.status) ? opened : refuse('E_ALREADY_DONE', `the bid is ${opened.status}`);
}

/** What the keepers' released keys make of a bid's outer box: `fault` is its dealer's, null when it was dealt honestly. */
export function outerBox(state: LotState, bid: string): { readonly fault: string | null } | Refused {
  const manifest = manifestOf(state, bid);
  if (manifest === null || !areBidsOpenable(state)) return refuse('E_TOO_EARLY', 'bids may not be opened now');
  const recovered = recoverBox(ringOf(state), manifest);
  if (recovered.status === 'waiting') return refuse('E_STEP_BARRIER', `${recovered.missing} keepers have not released their keys`);
  const fault = recovered.status === 'invalid' ? recovered.fault : checkBox(profileFor(state), manifest, recovered.master);
  return { fault: fault?.message ?? null };
}

/** 电子招标投标办法 31: what ends a bid's chance at the opening, and by whose fault. */
export interface Failure {
  readonly result: DecryptResult;
  readonly fault: FaultParty;
  readonly explanation: string;
}
export const bidFailed = (at: string, bid: string, { result, fault, explanation }: Failure): LotEvent => ({
  type: 'opening.bid-failed',
  at,
  bid,
  result,
  fault,
  explanation,
});

/** The bidder's fault, as the bid's own bytes show it. */
export const corrupt = (explanation: string): Failure => ({ result: 'FILE_CORRUPT', fault: 'BIDDER', explanation });
