import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';
import { CELL_GROUNDS, zPart } from '../lot/index.js';

/** 87号令 64: the only causes for which a score changes after it is handed in. */
export const CORRECTION_GROUNDS = ['INVALID_BOX', 'INVALID_ITEM', 'OBJECTIVE_MISMATCH', 'OUTLIER', 'RE_EVALUATION'] as const;
/** Secret `correction`: a sheet of the changed items only. */
export const zCorrectScores = z.strictObject({ ground: z.enum(CORRECTION_GROUNDS), reason: zText });

/** Secret `confirmation`: a member stands by an objective value that the others do not hold, and says on what evidence. */
export const zConfirmation = z.strictObject({ bidder: zName, item: zName, evidence: zText });

/** Secret `explanation`: why a total is far from the others'. */
export const zExplanation = z.strictObject({ bidder: zName, reason: zText });

/** Content of the box: bidder → item → value on the item's grid, for every valid bid and every item of the part. */
export const zScoreSheet = z.strictObject({ v: z.literal(1), bids: z.record(zName, z.record(zName, zDecimal)) });

export const zReopen = z.strictObject({ reason: zText });
/** Secret `outlier`: whose total of a part the committee's member takes for 畸高畸低. */
export const zOutlierVote = z.strictObject({ part: zPart, member: zName, bidder: zName, reason: zText });

/** A cell of a score sheet that its member judges again. */
const zCell = z.strictObject({ part: zPart, member: zName, bidder: zName, item: zName });
export type Cell = z.infer<typeof zCell>;
/** Part `d:reopening`: what was found, by whom, and which cells are open again; the members' record and the authority's. */
export const zReopening = z.strictObject({
  v: z.literal(1),
  ground: z.enum(CELL_GROUNDS),
  /** Members who recognised an outlier; none where the rules found the difference by themselves. */
  by: z.array(zName),
  cells: z.array(zCell).min(1),
});
