import { zDecimal, zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';
import { AWARD_MEMBERS_MAX } from './methods/index.js';

export const PASS_OVER_CAUSES = ['GIVES_UP', 'FORCE_MAJEURE', 'NO_PERFORMANCE_SECURITY', 'UNLAWFUL', 'INVALID_VALIDITY'] as const;
export type PassOverCause = (typeof PASS_OVER_CAUSES)[number];

/** 中标候选人公示. `until`: null for the shortest time the law allows. */
export const zPublishCandidates = z.strictObject({ until: zInstant.nullable() });
/** Secret `objection`. */
export const zObjectionText = z.strictObject({ text: zText });
/** Secret `answer`. An upheld objection leads to a re-evaluation. */
export const zAnswerObjection = z.strictObject({ objection: zUuid, upheld: z.boolean() });

/** `substitutes`: who sits in for absent members, in this order (domain.md §8.3). */
export const zFormCommittee = z.strictObject({
  members: z.array(zName).min(1).max(AWARD_MEMBERS_MAX),
  substitutes: z.array(zName).max(AWARD_MEMBERS_MAX).optional(),
});
export const zSubmitBallot = z.strictObject({ round: z.int().min(1).max(99), manifest: z.record(z.string(), z.json()) });
/** Secrets `masters` and `sheet:<member>`, as in `review.open-sheets`. */
export const zOpenBallots = z.strictObject({ round: z.int().min(1).max(99) });
/** Content of a ballot's box; null abstains. Every vote carries a reason (domain.md §8.2). */
export const zBallot = z.strictObject({ v: z.literal(1), choice: zName.nullable(), reason: zText });

/** Secret `decision`. `passedOver`: every better-ranked candidate that does not get it, with the legal cause (条例 55). */
export const zDecision = z.strictObject({
  winner: zName,
  reason: zText,
  passedOver: z.array(z.strictObject({ bidder: zName, cause: z.enum(PASS_OVER_CAUSES), reason: zText })).max(10),
});
/** A candidate's own act: it gives up (放弃中标), or cannot perform by force majeure. Secret `statement`. */
export const GIVE_UP_CAUSES = ['GIVES_UP', 'FORCE_MAJEURE'] as const;
export const zGiveUp = z.strictObject({ cause: z.enum(GIVE_UP_CAUSES) });
export const zStatement = z.strictObject({ text: zText });
/** 通知延长投标有效期. */
export const zAskValidity = z.strictObject({ until: zInstant, reason: zText });
/** 同意延长投标有效期: the bid binds its bidder until then. */
export const zExtendValidity = z.strictObject({ until: zInstant });
/** 被查实存在影响中标结果的违法行为: `document` is the hash of the authority's decision. Secret `finding`. */
export const zFindUnlawful = z.strictObject({ bidder: zName, document: zHash });
export const zPassOver = z.strictObject({ cause: z.enum(PASS_OVER_CAUSES), reason: zText });
export const zRecordContract = z.strictObject({ hash: zHash, price: zDecimal, signedAt: zInstant });
export const zArchive = z.strictObject({ package: zHash, size: z.int().min(1) });
