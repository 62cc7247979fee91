import type { JsonValue } from '@app/contracts';
import { z } from 'zod';
import { ruleSetOf, type TenderRules, tenderRulesOf } from '../lot/index.js';
import { openedBidders } from '../opening/index.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { zQualification } from './commands.js';

/** Bidders the committee reviews: all opened, less those the purchaser found unqualified (87号令 44). */
export function reviewedBidders(state: LotState): string[] {
  const opened = openedBidders(state).sort();
  const { qualification } = state.review;
  if (qualification === null) return opened;
  const read = zQualification.safeParse(disclosed(state, qualification.seq, 'x:qualification'));
  return read.success ? opened.filter((bidder) => own(read.data.bids, bidder)?.pass === true) : [];
}

/** Pass/fail items the committee decides; the purchaser has decided the qualification items under gov procurement. */
export function reviewItems(state: LotState): TenderRules['review'] {
  const items = tenderRulesOf(state).review;
  return ruleSetOf(state).qualificationBy === 'purchaser' ? items.filter((item) => item.kind !== 'qualification') : items;
}

/** `member` and `item` are empty where a rule rejects by itself (price above the ceiling). */
const zFailReason = z.strictObject({ member: z.string(), item: z.string(), ground: z.string(), reason: z.string() });
/** Part `d:review`: what the majority decided. */
const zReviewResult = z.strictObject({
  v: z.literal(1),
  valid: z.array(z.string()),
  rejected: z.array(
    z.strictObject({
      bidder: z.string(),
      items: z.array(z.strictObject({ item: z.string(), fails: z.int(), members: z.int() })),
      grounds: z.array(z.string()),
      reasons: z.array(zFailReason),
    }),
  ),
  /** Fails that the majority did not follow: recorded all the same. */
  dissent: z.array(z.strictObject({ bidder: z.string(), ...zFailReason.shape })),
});
export type ReviewResult = z.infer<typeof zReviewResult>;

/** The concluded review as this reader may see it. */
export function reviewResult(state: LotState): ReviewResult | null {
  const { concluded } = state.review;
  if (concluded === null) return null;
  const value: JsonValue | undefined = disclosed(state, concluded.seq, 'd:review');
  const read = zReviewResult.safeParse(value);
  return read.success ? read.data : null;
}

/** Bidders that are still in after the review; empty for a reader who may not know. */
export const validBidders = (state: LotState): string[] => reviewResult(state)?.valid ?? [];
