import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { SIGNING_ENDS } from './state.js';

const of = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape });

/** The report is in part `d:report`; its commitment in the entry's header is what members sign. */
export const zGenerated = of('report.generated', { version: z.int().min(1), at: zInstant });
export const zSigned = of('report.signed', { member: zName, end: z.enum(SIGNING_ENDS), at: zInstant });
export const zDelivered = of('report.delivered', { at: zInstant });
export const zReviewed = of('report.reviewed', { outcome: z.enum(['ACCEPTED', 'QUESTIONED']), at: zInstant });
