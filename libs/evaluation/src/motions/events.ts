import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';

/** On what, and for whom, is in part `x:motion`. */
export const zProposed = of('motions.proposed', { motion: zName, member: zName, at: zInstant });
export const zVoted = of('motions.voted', { motion: zName, member: zName });
export const zDecided = of('motions.decided', { motion: zName, outcome: z.enum(['CARRIED', 'LOST']), at: zInstant });
/** The bidder may answer until `dueAt`. */
export const zBidderAsked = of('motions.bidder-asked', { motion: zName, bidder: zName, dueAt: zInstant });
export const zAnswered = of('motions.answered', { motion: zName, at: zInstant });
/** No answer came in time. */
export const zLapsed = of('motions.lapsed', { motion: zName, at: zInstant });
/** Nothing more is proposed about prices. */
export const zClosed = of('motions.closed', { member: zName, at: zInstant });
/** What it means for a bid is in part `d:finding`. */
export const zFound = of('motions.found', { motion: zName });
