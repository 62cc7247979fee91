import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';

/** How each seat must end (domain.md §4.8). The last: refused to sign and gave no dissent in writing, which the law takes as agreement. */
const SIGNING_ENDS = ['SIGNED', 'SIGNED_WITH_DISSENT', 'DISSENT_ONLY', 'REFUSED_DEEMED_AGREED'] as const;
export type SigningEnd = (typeof SIGNING_ENDS)[number];

/** The report is in part `d:report`; its commitment in the entry's header is what members sign. */
export const zGenerated = of('report.generated', { version: z.int().min(1), at: zInstant });
export const zSigned = of('report.signed', { member: zName, end: z.enum(SIGNING_ENDS), at: zInstant });
export const zDelivered = of('report.delivered', { at: zInstant });
export const zReviewed = of('report.reviewed', { outcome: z.enum(['ACCEPTED', 'QUESTIONED']), at: zInstant });
