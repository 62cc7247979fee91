import { isMember, membersOf } from '../committee/index.js';
import { decimal } from '../kernel/decimal.js';
import { disclosed, type LotState } from '../kernel/state.js';
import { ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { arePricesLocked, openingSheetOf } from '../opening/index.js';
import { countedBidders, validBidders } from '../review/index.js';
import { type MotionFinding, type MotionContent, zMotionFinding, zMotion, zMotionVote } from './commands.js';
import { type LowPriceTrigger, lowPriceTriggers } from './low-price.js';
import type { Motion } from './state.js';

/** What a motion is about, as this reader may see it. */
export function contentOfMotion(state: LotState, { seq }: Motion): MotionContent | null {
  const read = zMotion.safeParse(disclosed(state, seq, 'x:motion'));
  return read.success ? read.data : null;
}

/** What came of the motions for bids, oldest first, as this reader may see it. */
export const findingsOf = (state: LotState): MotionFinding[] =>
  state.motions.findings.flatMap((seq) => {
    const read = zMotionFinding.safeParse(disclosed(state, seq, 'd:finding'));
    return read.success ? [read.data] : [];
  });

/** Bids that were rejected after the review, with ground and reason. */
export const rejectedLater = (state: LotState): MotionFinding[] => findingsOf(state).filter(({ outcome }) => outcome === 'REJECTED');

/** Bidders that are still in: passed the review, and not rejected since. Empty for a reader who may not know. */
export function standingBidders(state: LotState): string[] {
  const rejected = rejectedLater(state).map(({ bidder }) => bidder);
  return validBidders(state).filter((bidder) => !rejected.includes(bidder));
}

/** The price that binds: as read out, or as an arithmetic correction changed it that the bidder confirmed. Null: not to be seen. */
export function bidPriceOf(state: LotState, bidder: string): string | null {
  const corrected = findingsOf(state).findLast((one) => one.outcome === 'CORRECTED' && one.bidder === bidder)?.price;
  return corrected ?? openingSheetOf(state, bidder)?.price ?? null;
}

/** Votes so far, of members on duty. A vote that this reader may not see counts for nothing. */
export function votesOn(state: LotState, { proposer, votes }: Motion): { for: string[]; against: string[] } {
  const tally = { for: isMember(state, proposer) ? [proposer] : [], against: [] as string[] };
  for (const [member, seq] of Object.entries(votes)) {
    const read = zMotionVote.safeParse(disclosed(state, seq, 'x:vote'));
    if (read.success && isMember(state, member)) (read.data.isFor ? tally.for : tally.against).push(member);
  }
  return tally;
}

/** Members who have not voted on an open motion. */
export const owingVotes = (state: LotState, motion: Motion): string[] =>
  motion.outcome === null ? membersOf(state).filter((member) => member !== motion.proposer && !Object.hasOwn(motion.votes, member)) : [];

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

const about = (state: LotState, kind: MotionContent['kind'], bidder: string): Motion[] =>
  state.motions.list.filter((motion) => {
    const content = contentOfMotion(state, motion);
    return content?.kind === kind && 'bidder' in content && content.bidder === bidder;
  });

/** The question about a bid's price that the committee carried. */
export const priceQuestion = (state: LotState, bidder: string): Motion | undefined =>
  about(state, 'LOW_PRICE', bidder).find(({ outcome }) => outcome === 'CARRIED');

/** What the chair has to propose before the ranking: a question about a low price, what its explanation proves, or whether bids still compete. */
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
  if (fewBids === 'fail' || rejectedLater(state).length === 0 || state.review.fewBids.outcome !== null) return false;
  if (countedBidders(state, standingBidders(state)) >= thresholds.bidsMin) return false;
  return !state.motions.list.some((motion) => contentOfMotion(state, motion)?.kind === 'NO_COMPETITION');
}

/** From the end of the review to the ranking. */
export const isMotionTime = ({ status, committee: { step }, review: { concluded } }: LotState): boolean =>
  status === 'EVALUATING' && concluded !== null && step !== null && step !== 'review' && step !== 'few-bids';

/** What keeps the bids from being ranked, in words; null: nothing. */
export function openMatter(state: LotState): string | null {
  const open = state.motions.list.find(({ outcome }) => outcome === null);
  if (open !== undefined) return `the committee has not decided on ${open.id}`;
  const asked = state.motions.list.find((motion) => motion.asked !== null && motion.asked.closed === null);
  if (asked?.asked != null) return `${asked.asked.bidder} may answer ${asked.id} until ${asked.asked.dueAt}`;
  const [due] = proposalsDue(state);
  return due === undefined ? null : `the chair has to propose ${due.kind}${due.bidder === '' ? '' : ` about ${due.bidder}`}`;
}
