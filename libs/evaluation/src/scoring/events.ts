import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { VERDICTS } from '../sealed-step/index.js';
import { zPart as part } from '../lot/index.js';
import { of } from '../kernel/fields.js';
import { CORRECTION_GROUNDS } from './commands.js';

const owed = z.array(zName);

export const zScoresSubmitted = of('scoring.sheet-submitted', { part, member: zName, manifest: z.record(z.string(), z.json()) });
/** Who owes an act before the part closes is open; about what is in part `d:dues`. */
export const zScoresOpened = of('scoring.sheets-opened', { part, verdicts: z.record(zName, z.enum(VERDICTS)), owed });
export const zItemCorrected = of('scoring.item-corrected', { part, member: zName, ground: z.enum(CORRECTION_GROUNDS), owed });
export const zItemConfirmed = of('scoring.item-confirmed', { part, member: zName, owed });
export const zOutlierExplained = of('scoring.outlier-explained', { part, member: zName, owed });
export const zPartClosed = of('scoring.part-closed', { part, at: zInstant });
/** The 评分汇总表 is in part `d:result`. */
export const zAggregated = of('scoring.aggregated', { at: zInstant });
/** A vote on an outlier; for whom is open to the members and the supervisor only (part `x:outlier`). */
export const zOutlierVoted = of('scoring.outlier-voted', { member: zName });
/** Who judges some cells again, by part; which cells is part `d:reopening`. Every other value stands. */
export const zCellsReopened = of('scoring.cells-reopened', { at: zInstant, owing: z.partialRecord(part, z.array(zName)) });
