import { z } from 'zod';
import { zInstant, zUuid } from './json.js';

/**
 * 提疑 and 异议: what was asked about the tender document and objected to it, for the lot's agency alone. Not by whom.
 *
 * | address | needs | answer |
 * |---|---|---|
 * | `GET /api/lots/:lot/questions?round=` | `session`, of the lot's agency | {@link Question}[], in order of receipt |
 */
export const zQuestion = z.strictObject({
  id: zUuid,
  at: zInstant,
  kind: z.enum(['question', 'objection']),
  text: z.string(),
  /** Until when an objection is to be answered (条例 22); null: no day runs for a question. */
  due: zInstant.nullable(),
});
export type Question = z.infer<typeof zQuestion>;
