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

/** `item` is empty where a rule rejects by itself (price above the ceiling). */
const zReason = z.strictObject({ item: z.string(), ground: z.string(), reason: z.string() });
const zRejected = z.strictObject({
  bidder: z.string(),
  items: z.array(z.strictObject({ item: z.string(), fails: z.int(), members: z.int() })),
  grounds: z.array(z.string()),
});
/** Part `d:review`: what the majority decided. */
const zReviewResult = z.strictObject({
  v: z.literal(2),
  valid: z.array(z.string()),
  rejected: z.array(z.strictObject({ ...zRejected.shape, reasons: z.array(zReason) })),
});
export type ReviewResult = z.infer<typeof zReviewResult>;

const zFail = z.strictObject({ bidder: z.string(), member: z.string(), ...zReason.shape });
export type Fail = z.infer<typeof zFail>;
/**
 * Part `d:fails`: who failed what. Never public (招标投标法 44, 87号令 66). `dissent`: fails that the majority did not follow, recorded all
 * the same.
 */
const zReviewFails = z.strictObject({ v: z.literal(1), decisive: z.array(zFail), dissent: z.array(zFail) });
export type ReviewFails = z.infer<typeof zReviewFails>;

/** As engines 0.1.0 and 0.2.0 made `d:review`: with the members in it, and without one where a rule rejected. */
const zReviewBefore = z.strictObject({
  v: z.literal(1),
  valid: z.array(z.string()),
  rejected: z.array(z.strictObject({ ...zRejected.shape, reasons: z.array(z.strictObject({ member: z.string(), ...zReason.shape })) })),
  dissent: z.array(zFail),
});
type ReviewBefore = z.infer<typeof zReviewBefore>;

/** Each reason once, in an order that tells nobody whose it was. */
export const namelessReasons = (fails: readonly z.infer<typeof zReason>[]): z.infer<typeof zReason>[] =>
  [...new Map(fails.map(({ item, ground, reason }) => [JSON.stringify([item, ground, reason]), { item, ground, reason }]))]
    .sort(([one], [two]) => (one < two ? -1 : 1))
    .map(([, reason]) => reason);

const withoutMembers = ({ valid, rejected }: ReviewBefore): ReviewResult => ({
  v: 2,
  valid,
  rejected: rejected.map((one) => ({ ...one, reasons: namelessReasons(one.reasons) })),
});
const failsOnly = ({ rejected, dissent }: ReviewBefore): ReviewFails => ({
  v: 1,
  decisive: rejected.flatMap(({ bidder, reasons }) => reasons.flatMap((one) => (one.member === '' ? [] : [{ bidder, ...one }]))),
  dissent,
});

function concludedPart(state: LotState, part: string): JsonValue | undefined {
  const { concluded } = state.review;
  return concluded === null ? undefined : disclosed(state, concluded.seq, part);
}

/** The concluded review as this reader may see it. */
export function reviewResult(state: LotState): ReviewResult | null {
  const read = z.union([zReviewResult, zReviewBefore.transform(withoutMembers)]).safeParse(concludedPart(state, 'd:review'));
  return read.success ? read.data : null;
}

/** Who failed what, as this reader may see it. */
export function reviewFails(state: LotState): ReviewFails | null {
  const read = zReviewFails.safeParse(concludedPart(state, 'd:fails'));
  if (read.success) return read.data;
  const before = zReviewBefore.safeParse(concludedPart(state, 'd:review'));
  return before.success ? failsOnly(before.data) : null;
}

/** Bidders that are still in after the review; empty for a reader who may not know. */
export const validBidders = (state: LotState): string[] => reviewResult(state)?.valid ?? [];
