import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';

/** 87号令 64: the only causes for which a score changes after it is handed in. */
export const CORRECTION_GROUNDS = ['INVALID_BOX', 'INVALID_ITEM', 'OBJECTIVE_MISMATCH', 'OUTLIER'] as const;
/** Secret `correction`: a sheet of the changed items only. */
export const zCorrectScores = z.strictObject({ ground: z.enum(CORRECTION_GROUNDS), reason: zText });

/** Secret `confirmation`: a member stands by an objective value that the others do not hold, and says on what evidence. */
export const zConfirmation = z.strictObject({ bidder: zName, item: zName, evidence: zText });

/** Secret `explanation`: why a total is far from the others'. */
export const zExplanation = z.strictObject({ bidder: zName, reason: zText });

/** Content of the box: bidder → item → value on the item's grid, for every valid bid and every item of the part. */
export const zScoreSheet = z.strictObject({ v: z.literal(1), bids: z.record(zName, z.record(zName, zDecimal)) });
