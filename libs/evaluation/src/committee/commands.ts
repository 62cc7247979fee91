import { zBytes, zInstant, zName } from '@app/contracts';
import { z } from 'zod';

export const RECUSAL_CAUSES = [
  'RELATIVE',
  'EMPLOYMENT',
  'ECONOMIC_INTEREST',
  'SUPERVISION_STAFF',
  'PAST_PUNISHMENT',
  'OTHER_INFLUENCE',
] as const;
export const REPLACEMENT_CAUSES = ['RECUSAL', 'ILLNESS', 'LEFT', 'NO_SHOW', 'VIOLATION', 'COMMITTEE_REFORMED'] as const;
/** What somebody may say of a member; a reformed committee follows from the order that reforms it. */
const SAID_CAUSES = ['RECUSAL', 'ILLNESS', 'LEFT', 'NO_SHOW', 'VIOLATION'] as const;
export type ExcusalCause = (typeof RECUSAL_CAUSES)[number] | (typeof REPLACEMENT_CAUSES)[number];

/** 签到 at the seat. */
export const zSignIn = z.strictObject({ venue: zName, seat: zName });

/** A node's word on a member's key of the lot. */
export const zAttestKey = z.strictObject({ key: zBytes.max(100) });

/** 承诺: no recusal ground and the discipline of the evaluation; or a ground, which ends the membership. */
export const zPledge = z.discriminatedUnion('recusal', [
  z.strictObject({ recusal: z.literal(false), discipline: z.literal(true) }),
  z.strictObject({ recusal: z.literal(true), cause: z.enum(RECUSAL_CAUSES) }),
]);

export const zElectChair = z.strictObject({ round: z.int().min(1).max(99) });
/** 招标人确定负责人. */
export const zDesignateChair = z.strictObject({ member: zName });
/** Secret `ballot`: seen by members and the supervisor only. */
export const zChairBallot = z.strictObject({ candidate: zName });
export const zReplaceMember = z.strictObject({ member: zName, cause: z.enum(SAID_CAUSES), reason: z.string().min(1).max(2000) });
export const zRequestMoreTime = z.strictObject({ reason: z.string().min(1).max(1000) });
export const zExtendTime = z.strictObject({ until: zInstant });
