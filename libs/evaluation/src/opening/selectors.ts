import type { Viewer } from '@app/contracts';
import { bidOf, type OpeningSheet, zOpenedSheet } from '../bidding/index.js';
import { type Contributions, missingNonce } from '../keepers/index.js';
import { profileFor, tenderRulesOf } from '../lot/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { type CoefficientRule, priceMethodOf } from '../scoring/methods/index.js';
import type { CoefficientDraw } from './coefficient.js';
import type { Finding } from './state.js';

/** Locked, at least three bids, the session started and its list published, not paused: what the trustees wait for. */
export const areBidsOpenable = ({ status, opening: { step, paused } }: LotState): boolean =>
  status === 'OPENING' && (step === 'LIST_PUBLISHED' || step === 'DECRYPTING') && paused === null;

/** No bidder can decide any more whether to decrypt. */
export const isDecryptionClosed = ({ opening: { step } }: LotState): boolean =>
  step !== 'WAITING' && step !== 'STARTED' && step !== 'LIST_PUBLISHED' && step !== 'DECRYPTING';

/** Bids that were opened, in the order of the list. */
export const openedBids = (state: LotState): { bid: string; bidder: string }[] =>
  Object.values(state.bidding.bids)
    .filter(({ bid }) => own(state.opening.bids, bid)?.status === 'OPENED')
    .map(({ bid, bidder }) => ({ bid, bidder }));

/** Bidders whose bids were opened: those the committee evaluates. */
export const openedBidders = (state: LotState): string[] => openedBids(state).map(({ bidder }) => bidder);

/** 开标一览表 of a bidder, when this reader may see it. */
export function openingSheetOf(state: LotState, bidder: string): OpeningSheet | null {
  const bid = bidOf(state, bidder);
  const seq = bid === undefined ? null : (own(state.opening.bids, bid.bid)?.sheetSeq ?? null);
  const read = seq === null ? undefined : zOpenedSheet.safeParse(disclosed(state, seq, 'x:sheet'));
  return read?.success === true ? read.data : null;
}

/** Findings that wait for another person's signature. */
export const pendingFindings = (state: LotState): Finding[] =>
  Object.values(state.opening.findings).filter(({ countersignedBy }) => countersignedBy === null);

const coefficientOf = (state: LotState): CoefficientRule | null => {
  const { price } = tenderRulesOf(state);
  return priceMethodOf(price).coefficient(price);
};
/**
 * Values from which K is drawn in public; null where nothing is drawn. The one fixed value where the method draws among the prices: the same
 * seed is for that.
 */
export function drawnValues(state: LotState): readonly string[] | null {
  const k = coefficientOf(state);
  if (k === null || 'drawn' in k) return k?.drawn ?? null;
  return priceMethodOf(tenderRulesOf(state).price).drawsPrices ? [k.fixed] : null;
}
export function fixedCoefficient(state: LotState): string | null {
  const k = coefficientOf(state);
  return k !== null && 'fixed' in k ? k.fixed : null;
}

/** What contributions to K are sealed for: one draw, so one purpose in a lot's life. */
export const COEFFICIENT_PURPOSE = 'coefficient';
/** Nobody while no contributors are named. */
export const contributionsToK = ({ opening: { coefficient } }: LotState): Contributions => ({
  contributors: coefficient.request?.contributors ?? [],
  boxes: coefficient.boxes,
});
export const isKContributed = (state: LotState): boolean =>
  state.opening.coefficient.request !== null && missingNonce(contributionsToK(state)) === null;

/** What K is drawn from, by these nonces: a pure function of what the boxes held, so that anybody can draw it again. */
export function coefficientDraw(state: LotState, nonces: Readonly<Record<string, string>>, values: readonly string[]): CoefficientDraw {
  const { [MAIN_NODE]: secret = '', ...others } = nonces;
  const contributions = Object.entries(others).map(([party, nonce]) => `${party}:${nonce}`);
  return { lotCode: state.setup.code, secret, contributions, values, hashHex: profileFor(state).hashHex };
}

/**
 * Places of the prices for a method that draws among them, by the seed of the hall's nonces: sealed before anybody could open one, opened
 * together, so that nobody who knew the prices could choose them. Null before the draw, and where nothing is drawn.
 */
export function benchmarkPlaceOf(state: LotState): ((party: string) => string) | null {
  const { seed } = state.opening.coefficient;
  return seed === null ? null : (party) => profileFor(state).hashHex(`${seed}|benchmark|${party}`);
}

/** The committee's own: prices reach them with the evaluation, and after the technical scores where two steps are opened (两步开启). */
const PRICE_LOCKED_STEPS: readonly (string | null)[] = [null, 'review', 'few-bids', 'scores:technical'];
export function arePricesLocked(state: LotState): boolean {
  const { status, previous } = state;
  const now = status === 'SUSPENDED' ? previous : status;
  if (now !== 'EVALUATING' && now !== 'COMMITTEE_READY') {
    return now === 'OPENING' || now === 'OPENED' || now === 'QUALIFICATION_BY_PURCHASER' || now === 'RE_EVALUATION';
  }
  return now === 'COMMITTEE_READY' || (tenderRulesOf(state).twoEnvelope && PRICE_LOCKED_STEPS.includes(state.committee.step));
}

export const isMemberViewer = (viewer: Viewer): boolean =>
  viewer.roles.includes('expert') || viewer.roles.includes('tenderer-representative');

/** Prices and what was read out: everybody, the committee's members from their time on (domain.md §2.2). */
export const seesPrices = (viewer: Viewer, state: LotState): boolean => !isMemberViewer(viewer) || !arePricesLocked(state);
