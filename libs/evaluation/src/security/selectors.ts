import { bidOf, isListPublished, listedBids } from '../bidding/index.js';
import { decimal } from '../kernel/decimal.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { type BidSecurityRule, limitOf } from '../lot/index.js';
import type { WithholdingGround } from './state.js';

/** What the tender document asks for; null where it asks for none. */
export const securityAsked = ({ setup: { rules } }: LotState): BidSecurityRule | null => rules?.bidSecurity ?? null;

/** What a recorded security lacks, measured by the tender document. */
export type SecurityFinding = 'MISSING' | 'FORM' | 'SHORT' | 'LATE';

/**
 * 投标保证金 against the tender document: nothing where it is as it should be, null while it is not recorded or none is asked for.
 * It excludes nobody: whether a bid is rejected for it the committee decides (条例 51; 87号令 63).
 */
export function securityFindings(state: LotState, bidder: string): readonly SecurityFinding[] | null {
  const asked = securityAsked(state);
  const recorded = own(state.security.recorded, bidder);
  if (asked === null || recorded === undefined) return null;
  const { received } = recorded;
  if (received === null) return ['MISSING'];
  const lacks: Record<Exclude<SecurityFinding, 'MISSING'>, boolean> = {
    FORM: !asked.forms.includes(received.form),
    SHORT: decimal(received.amount).lt(asked.amount),
    // It is given until the bid itself must be there.
    LATE: received.receivedAt >= (state.setup.schedule?.deadline ?? ''),
  };
  return (['FORM', 'SHORT', 'LATE'] as const).filter((finding) => lacks[finding]);
}

/** Bidders on the told list of whose security nothing is recorded yet, in its order. */
export const unrecordedSecurities = (state: LotState): string[] =>
  securityAsked(state) === null
    ? []
    : listedBids(state).flatMap(({ bidder }) => (own(state.security.recorded, bidder) === undefined ? [bidder] : []));

/** Why what came of a bidder's security may not be said now; null: it may. */
export function recordFault(state: LotState, bidder: string): string | null {
  const { step, paused, objections } = state.opening;
  // 招标投标法 22: whoever says whose money came says who bids.
  if (!isListPublished(state)) return 'securities are recorded once the list of bidders is published';
  if (step === 'RECORD_MADE' || step === 'CLOSED') return 'the opening record is made, and says what was received';
  if (paused !== null) return `the session is paused: ${paused.reason}`;
  // What was read out is what bidders confirm: it changes where one objects, while that is not answered.
  const isObjected = objections.some(({ by, reply }) => by === bidder && reply === null);
  return step === 'CONFIRMING' && !isObjected ? `${bidder} does not object to what was read out` : null;
}

/** Whether this party may give a bidder's security back: where it may be kept, the tenderer alone decides. */
export const mayGiveBack = (state: LotState, party: string, bidder: string): boolean =>
  hasRole(state, party, 'tenderer') || (hasRole(state, party, 'agency') && withholdingGroundOf(state, bidder) === null);

/** Bidders whose security was received, and is neither returned nor withheld. */
export const heldSecurities = ({ security: { recorded, settled } }: LotState): string[] =>
  Object.keys(recorded).filter((bidder) => own(recorded, bidder)?.received != null && own(settled, bidder) === undefined);

/** From when a security is to be returned, and until when; `until` null: at once (及时), the law names no day. Null: not yet. */
export function returnOf(state: LotState, bidder: string): { readonly until: string | null } | null {
  const { status, award } = state;
  // 条例 31 asks it of a tender that is called off; whoever bid in one that failed is held to nothing either.
  if (status === 'LOT_FAILED') return { until: null };
  const { contract, announced } = award;
  const from = state.setup.regime === 'GOV_PROCUREMENT' && announced?.winner !== bidder ? announced?.at : contract?.signedAt;
  // 条例 57: five days from the contract, to winner and others. 政府采购法实施条例 33: others from the notice, the winner from the contract.
  return from === undefined ? null : { until: limitOf(state, 'securityReturn', from) };
}

/**
 * What the record holds against the return of a bidder's security: its bid counts as revoked (条例 35, 电子招标投标办法 31; 87号令 23), it
 * gave up, or as the winner gave no performance security (条例 74). Null: nothing. Nobody's sentence alone is a ground.
 */
export function withholdingGroundOf(state: LotState, bidder: string): WithholdingGround | null {
  const bid = bidOf(state, bidder)?.bid ?? '';
  if (own(state.opening.bids, bid)?.status === 'FAILED_BIDDER_FAULT') return 'REVOKED';
  const { passedOver, against } = state.award;
  if (own(passedOver, bidder)?.cause === 'NO_PERFORMANCE_SECURITY') return 'NO_PERFORMANCE_SECURITY';
  const gaveUp = own(against, bidder)?.some(({ cause }) => cause === 'GIVES_UP') === true;
  return gaveUp ? 'GIVES_UP' : null;
}

/** Held securities that are to be returned now. */
export const dueReturns = (state: LotState): { readonly bidder: string; readonly until: string | null }[] =>
  heldSecurities(state).flatMap((bidder) => {
    const due = returnOf(state, bidder);
    return due === null ? [] : [{ bidder, until: due.until }];
  });
