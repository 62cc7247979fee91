import { zBytes, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';
import { EVALUATION_STEPS } from './steps.js';
import { RECUSAL_CAUSES, REPLACEMENT_CAUSES } from './commands.js';

export const zSignedIn = of('committee.signed-in', { member: zName, venue: zName, seat: zName, at: zInstant });
/** A key of the lot that signs for this member from here on, beside his own that not everybody may know. */
export const zKeyBound = of('committee.key-bound', { member: zName, key: zBytes, at: zInstant });
/** The node of the member's seat has checked the certificate behind the binding. */
export const zKeyAttested = of('committee.key-attested', { key: zBytes, at: zInstant });
export const zPledged = of('committee.pledged', { member: zName, at: zInstant });
/** The member's conclusions are void; the draw owes a replacement (条例 48, 87号令 49). */
export const zExcused = of('committee.excused', { member: zName, cause: z.enum([...RECUSAL_CAUSES, ...REPLACEMENT_CAUSES]), at: zInstant });
export const zFormed = of('committee.formed', { at: zInstant, members: z.array(zName) });
export const zBallotCast = of('committee.ballot-cast', { member: zName, round: z.int() });
export const zChairTied = of('committee.chair-tied', { round: z.int(), tied: z.array(zName) });
export const zChairElected = of('committee.chair-elected', { round: z.int(), chair: zName });
export const zChairDesignated = of('committee.chair-designated', { by: zName, chair: zName, at: zInstant });
/** The evaluation begins: chair elected or designated, all pledged. */
export const zEvaluationStarted = of('committee.evaluation-started', { at: zInstant });
export const zStepOpened = of('committee.step-opened', { step: z.enum(EVALUATION_STEPS), at: zInstant });
export const zMoreTimeAsked = of('committee.more-time-asked', { member: zName, due: z.boolean() });
export const zMoreTimeGranted = of('committee.more-time-granted', { until: zInstant });

/** A re-evaluation begins: every conclusion so far is void. */
export const zReopened = of('committee.reopened', { committee: z.enum(['same', 'new']), at: zInstant });
