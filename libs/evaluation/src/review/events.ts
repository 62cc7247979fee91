import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { VERDICTS } from '../sealed-step/index.js';
import { of } from '../kernel/fields.js';

export const zQualified = of('review.qualified', { passed: z.int(), at: zInstant });
export const zSheetSubmitted = of('review.sheet-submitted', { member: zName, manifest: z.record(z.string(), z.json()) });
export const zSheetsOpened = of('review.sheets-opened', { verdicts: z.record(zName, z.enum(VERDICTS)), owed: z.array(zName) });
export const zSheetCorrected = of('review.sheet-corrected', { member: zName, owed: z.array(zName) });
/** Which bids stand is in part `d:review`. */
export const zConcluded = of('review.concluded', { at: zInstant });
export const zCompetitionVoted = of('review.competition-voted', { member: zName });
export const zCompetitionDecided = of('review.competition-decided', { outcome: z.enum(['CONTINUE', 'REJECT_ALL']) });
export const zClarificationAsked = of('review.clarification-asked', { id: zName, bidder: zName, dueAt: zInstant });
export const zClarificationAnswered = of('review.clarification-answered', { id: zName });
