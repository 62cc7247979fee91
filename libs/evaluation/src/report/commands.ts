import { zHash, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';

/** `report`: the commitment of the part `d:report` that the member has read. Secret `dissent` where the mode says so. */
export const zSign = z.strictObject({ report: zHash, mode: z.enum(['SIGNED', 'SIGNED_WITH_DISSENT', 'DISSENT_ONLY']) });
export const zDissent = z.strictObject({ text: zText });
export const zDeemAgreed = z.strictObject({ member: zName, note: zText });
/** 招标人核查 before publicity (1117号 (五)). Secret `findings`: what was looked at and found. */
export const zReviewReport = z.strictObject({ outcome: z.enum(['ACCEPTED', 'QUESTIONED']) });
export const zFindings = z.strictObject({ text: zText });
