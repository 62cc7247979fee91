import { canonicalText } from '@app/contracts';
import { isMember, membersOf } from '../committee/index.js';
import { decimal } from '../kernel/decimal.js';
import { refuse, type Refused } from '../kernel/slice.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { addMs } from '../law/calendar.js';
import type { RejectionGround } from '../law/grounds.js';
import { limitOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { arePricesLocked, openingSheetOf } from '../opening/index.js';
import { countedBidders, validBidders } from '../review/index.js';
import { type MotionContent, zMotion, zMotionVote } from './commands.js';
import { findingsOf, foundOf, isOut, standingBidders } from './findings.js';
import { type LowPriceTrigger, lowPriceTriggers } from './low-price.js';
import type { Motion } from './state.js';

/** What a motion is about, as this reader may see it. */
export function contentOfMotion(state: LotState, { seq }: Motion): MotionContent | null {
  const read = zMotion.safeParse(disclosed(state, seq, 'x:motion'));
  return read.success ? read.data : null;
}

/** The price that binds: as read out, or as an arithmetic correction changed it that the bidder confirmed. Null: not to be seen. */
export function bidPriceOf(state: LotState, bidder: string): string | null {
  const corrected = findingsOf(state).findLast((one) => one.outcome === 'CORRECTED' && one.bidder === bidder)?.price;
  return corrected ?? openingSheetOf(state, bidder)?.price ?? null;
}

/** Votes so far, of members on duty, with the reasons of those against. A vote that this reader may not see counts for nothing. */
export function votesOn(state: LotState, { votes }: Motion): { for: string[]; against: string[]; reasons: string[] } {
  const tally = { for: [] as string[], against: [] as string[], reasons: [] as string[] };
  for (const [member, seq] of Object.entries(votes)) {
    const read = zMotionVote.safeParse(disclosed(state, seq, 'x:vote'));
    if (!read.success || !isMember(state, member)) continue;
    (read.data.isFor ? tally.for : tally.against).push(member);
    if (!read.data.isFor) tally.reasons.push(read.data.reason);
  }
  return tally;
}

/** Whether a motion is about a bid that is out meanwhile: there is nothing to decide on any more. */
export function isMoot(state: LotState, motion: Motion): boolean {
  const content = contentOfMotion(state, motion);
  return content !== null && 'bidder' in content && isOut(state, content.bidder);
}

/** Members who have not voted on an open motion. */
export const owingVotes = (state: LotState, motion: Motion): string[] =>
  motion.outcome === null && !isMoot(state, motion) ? membersOf(state).filter((member) => own(motion.votes, member) === undefined) : [];

/** Until when members may vote, a suspension of the lot not counted. */
export const voteDue = (state: LotState, { voting: { from, suspendedMs } }: Motion): string =>
  addMs(limitOf(state, 'motionVote', from) ?? from, state.setup.suspendedMs - suspendedMs);

/** Until when a bidder may answer: nobody loses time to a suspension of the lot. */
export const answerDue = ({ setup }: LotState, { dueAt, suspendedMs }: NonNullable<Motion['asked']>): string =>
  addMs(dueAt, setup.suspendedMs - suspendedMs);

/** Whether a bidder may still answer, or its time is still to be noted: not when its bid is out, or the committee does not ask any more. */
export const isAsking = (state: LotState, { asked, outcome }: Motion): boolean =>
  asked !== null && asked.closed === null && outcome !== 'LOST' && !isOut(state, asked.bidder);

/** 12号令 21, 财库〔2026〕2号: a bid is out for its price only after a written question about it; what is above the ceiling the rules find. */
const PRICE_GROUNDS: readonly RejectionGround[] = ['BELOW_COST_OR_ABOVE_CEILING', 'ABOVE_BUDGET'];
/** Grounds that a motion may name for a rejection. */
export const rejectionGrounds = (state: LotState): readonly RejectionGround[] =>
  ruleSetOf(state).grounds.filter((ground) => !PRICE_GROUNDS.includes(ground));

/** What makes two motions the same, whatever is said for them. */
function gistOf(content: MotionContent): string {
  switch (content.kind) {
    case 'REJECTION':
      return canonicalText([content.kind, content.bidder, content.ground]);
    case 'CORRECTION':
      return canonicalText([content.kind, content.bidder, content.correction]);
    case 'DOCUMENT_FLAWED':
      return canonicalText([content.kind, content.place]);
    default:
      return canonicalText([content.kind, 'bidder' in content ? content.bidder : null]);
  }
}

/** Whether the committee has decided on the same before. */
export const isDecided = (state: LotState, content: MotionContent): boolean =>
  state.motions.list.some((motion) => {
    const other = motion.outcome === null ? null : contentOfMotion(state, motion);
    return other !== null && gistOf(other) === gistOf(content);
  });

/** 财库〔2026〕2号: by which comparison the quoted prices of bids that passed the review start one of their own. None where the law sets no figure. */
export function markedPrices(state: LotState): { bidder: string; triggers: readonly LowPriceTrigger[] }[] {
  const { lowPrice } = ruleSetOf(state).thresholds;
  if (lowPrice === null) return [];
  const priced = validBidders(state).flatMap((bidder) => {
    const price = openingSheetOf(state, bidder)?.price;
    return price === undefined ? [] : [{ bidder, price: decimal(price) }];
  });
  const triggers = lowPriceTriggers(
    priced.map(({ price }) => price),
    decimal(tenderRulesOf(state).ceiling),
    lowPrice,
  );
  return priced.map(({ bidder }, index) => ({ bidder, triggers: triggers[index] ?? [] }));
}

/** Bids among them that still stand. */
export function lowPrices(state: LotState): { bidder: string; triggers: readonly LowPriceTrigger[] }[] {
  const standing = standingBidders(state);
  return markedPrices(state).filter(({ bidder, triggers }) => triggers.length > 0 && standing.includes(bidder));
}

const about = (state: LotState, kind: MotionContent['kind'], bidder: string | null): Motion[] =>
  state.motions.list.filter((motion) => {
    const content = contentOfMotion(state, motion);
    return content?.kind === kind && ('bidder' in content ? content.bidder : null) === bidder;
  });

/** The question about a bid's price that the committee carried. */
export const priceQuestion = (state: LotState, bidder: string): Motion | undefined =>
  about(state, 'LOW_PRICE', bidder).find(({ outcome }) => outcome === 'CARRIED');

/**
 * What has to be proposed before the ranking: a question about a low price, what its explanation proves, or whether bids still compete. The
 * chair owes it; any member may do it, so that a silent chair holds nothing up.
 */
export function proposalsDue(state: LotState): { kind: MotionContent['kind']; bidder: string }[] {
  if (!isMotionTime(state)) return [];
  const questions = arePricesLocked(state)
    ? []
    : lowPrices(state).flatMap(({ bidder }) =>
        about(state, 'LOW_PRICE', bidder).length === 0 ? [{ kind: 'LOW_PRICE' as const, bidder }] : [],
      );
  const proofs = standingBidders(state).flatMap((bidder) => {
    const isClosed = (priceQuestion(state, bidder)?.asked?.closed ?? null) !== null;
    return isClosed && about(state, 'UNPROVEN', bidder).length === 0 ? [{ kind: 'UNPROVEN' as const, bidder }] : [];
  });
  const few = isCompetitionDue(state) ? [{ kind: 'NO_COMPETITION' as const, bidder: '' }] : [];
  return [...questions, ...proofs, ...few];
}

/** 12号令 27: rejections after the review left fewer than three, and the committee has not said yet whether they compete. */
function isCompetitionDue(state: LotState): boolean {
  const { fewBids, thresholds } = ruleSetOf(state);
  return fewBids !== 'fail' && countedBidders(state, standingBidders(state)) < thresholds.bidsMin && !isCompetitionSaid(state);
}

/** Whether the committee has said, or is about to, if few bids compete, since the last of them was rejected. */
export function isCompetitionSaid(state: LotState): boolean {
  const { outcome, votes } = state.review.fewBids;
  const said = about(state, 'NO_COMPETITION', null).map(({ decidedSeq }) => decidedSeq ?? state.size);
  const last = Math.max(-1, ...said, ...(outcome === null ? [] : Object.values(votes)));
  return last >= (foundOf(state).findLast(({ outcome: found }) => found === 'REJECTED')?.seq ?? -1);
}

/** From the end of the review to the ranking. */
export const isVotingTime = ({ status, committee: { step }, review: { concluded } }: LotState): boolean =>
  status === 'EVALUATING' && concluded !== null && step !== null && step !== 'review' && step !== 'few-bids';

/** The same until the ranking is known: where cells are judged again (87号令 64) nothing else is opened. */
export const isMotionTime = (state: LotState): boolean => isVotingTime(state) && state.scoring.reopenings.length === 0;

/** How long the ranking waits for a proposal about a price where members have scored nothing since they see prices. */
const PRICE_WINDOW_MS = 30 * 60_000;
/**
 * Until when the ranking waits for what the chair may propose about prices, or for his word that there is nothing more; null where it does
 * not: a scoring step gave the time, he has said so, or the ranking is known.
 */
export function priceWindowEnd(state: LotState): string | null {
  const { waiting } = state.motions;
  const { items, twoEnvelope } = tenderRulesOf(state);
  const isScored = items.some(({ part }) => !twoEnvelope || part !== 'technical');
  if (waiting === null || isScored || !isMotionTime(state)) return null;
  return addMs(waiting.from, PRICE_WINDOW_MS + state.setup.suspendedMs - waiting.suspendedMs);
}

/** What keeps the bids from being ranked; null: nothing. */
export function openMatter(state: LotState): Refused | null {
  const open = state.motions.list.find((motion) => motion.outcome === null && !isMoot(state, motion));
  if (open !== undefined) return refuse('E_STEP_BARRIER', `the committee has not decided on ${open.id}`);
  const asking = state.motions.list.find((motion) => isAsking(state, motion));
  if (asking?.asked != null) {
    const isCorrection = contentOfMotion(state, asking)?.kind === 'CORRECTION';
    const message = `${asking.asked.bidder} may answer ${asking.id} until ${answerDue(state, asking.asked)}`;
    return refuse(isCorrection ? 'E_CORRECTION_UNCONFIRMED' : 'E_STEP_BARRIER', message);
  }
  const [due] = proposalsDue(state);
  return due === undefined
    ? null
    : refuse('E_STEP_BARRIER', `the committee has to propose ${due.kind}${due.bidder === '' ? '' : ` about ${due.bidder}`}`);
}
