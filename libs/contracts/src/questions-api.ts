import { z } from 'zod';
import { zInstant, zUuid } from './json.js';

/**
 * 提疑: what was asked about the tender document, for the lot's agency alone. Not by whom.
 *
 * | address | needs | answer |
 * |---|---|---|
 * | `GET /api/lots/:lot/questions?round=` | `session`, of the lot's agency | {@link Question}[], in order of receipt |
 */
export const zQuestion = z.strictObject({ id: zUuid, at: zInstant, text: z.string() });
export type Question = z.infer<typeof zQuestion>;
