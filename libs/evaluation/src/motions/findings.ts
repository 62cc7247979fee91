import { zName } from '@app/contracts';
import { z } from 'zod';
import { disclosed, type LotState } from '../kernel/state.js';
import { reviewResult, validBidders } from '../review/index.js';

/** Part `d:finding` of a motion's entry: what came of it for a bid. */
const zMotionFinding = z.strictObject({
  v: z.literal(1),
  bidder: zName,
  outcome: z.enum(['REJECTED', 'CORRECTED', 'PROVEN']),
  /** Of a rejection. */
  ground: z.string().nullable(),
  reason: z.string(),
  /** Of a correction, CNY. */
  price: z.string().nullable(),
  /** Of a correction that changes unit prices and leaves the total (87号令 59 ③). */
  unitPrices: z.array(z.strictObject({ item: z.string(), unitPrice: z.string() })).exactOptional(),
});
export type MotionFinding = z.infer<typeof zMotionFinding>;

/** What a motion came to for a bid, and where that stands. */
interface Found extends MotionFinding {
  readonly seq: number;
  readonly motion: string;
}

/** Findings that stand, oldest first, with their entries, as this reader may see them. */
export const foundOf = (state: LotState): Found[] =>
  state.motions.findings.flatMap(({ seq, motion }) => {
    const read = zMotionFinding.safeParse(disclosed(state, seq, 'd:finding'));
    return read.success ? [{ ...read.data, seq, motion }] : [];
  });

/** What came of the motions for bids, oldest first, as this reader may see it. */
export const findingsOf = (state: LotState): MotionFinding[] => foundOf(state).map(({ seq: _seq, motion: _motion, ...finding }) => finding);

/** Bids that were rejected after the review, with ground and reason. */
export const rejectedLater = (state: LotState): MotionFinding[] => findingsOf(state).filter(({ outcome }) => outcome === 'REJECTED');

/** Bidders that are still in: passed the review, and not rejected since. Empty for a reader who may not know, and while it is open. */
export function standingBidders(state: LotState): string[] {
  const rejected = rejectedLater(state).map(({ bidder }) => bidder);
  return validBidders(state).filter((bidder) => !rejected.includes(bidder));
}

/** Whether a bid is known to be out: rejected by motion, or by the review. While a review is open nobody is out by it. */
export const isOut = (state: LotState, bidder: string): boolean =>
  rejectedLater(state).some((one) => one.bidder === bidder) || reviewResult(state)?.valid.includes(bidder) === false;
