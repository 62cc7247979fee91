import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';

/** Only what was invalid may be corrected, openly, on its ground (87号令 64). Secret `correction`: a sheet of just those items. */
export const zCorrectSheet = z.strictObject({ ground: z.enum(['INVALID_BOX', 'INVALID_ITEM']), reason: zText });

/** Secret `vote` of `review.vote-competition`. */
export const zCompetitionVote = z.strictObject({ competitive: z.boolean(), reason: zText });

export const zAskClarification = z.strictObject({ clarification: zName, bidder: zName, dueAt: zInstant });
export const zAnswerClarification = z.strictObject({ clarification: zName });
/** Secrets `question` and `answer`. */
export const zClarificationText = z.strictObject({ text: zText });

/** One item of one bid: passed, or failed with the legal ground and the member's reason. */
export const zReviewEntry = z.discriminatedUnion('pass', [
  z.strictObject({ pass: z.literal(true) }),
  z.strictObject({ pass: z.literal(false), ground: z.string().max(60), reason: zText }),
]);
export type ReviewEntry = z.infer<typeof zReviewEntry>;

/** 评审表: bidder → item → entry. Entries are read one by one, so that one bad item does not void a member's sheet. */
export const zSheet = z.strictObject({ v: z.literal(1), bids: z.record(zName, z.record(zName, z.json())) });
export type Sheet = z.infer<typeof zSheet>;

/** Secret `qualification`: gov, the purchaser's verdict on every opened bid. */
export const zQualification = z.strictObject({ v: z.literal(1), bids: z.record(zName, zReviewEntry) });
