import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { disclosed, type LotState } from '../kernel/state.js';

const zPartResult = z.strictObject({
  members: z.record(zName, z.string()),
  dropped: z.array(zName),
  score: zDecimal,
  exact: z.string(),
});

/** Part `d:result`: the 评分汇总表 as `aggregate` made it. */
const zResult = z.strictObject({
  v: z.literal(1),
  benchmark: z
    .strictObject({
      set: z.array(z.strictObject({ party: zName, price: zDecimal })),
      dropped: z.array(zName),
      mean: zDecimal,
      k: z.string(),
      price: zDecimal,
      exact: z.string(),
    })
    .nullable(),
  rows: z.array(
    z.strictObject({
      party: zName,
      price: zDecimal,
      evaluatedPrice: zDecimal,
      beta: z.string().nullable(),
      priceScore: z.string(),
      priceScoreExact: z.string(),
      parts: z.record(z.string(), zPartResult),
      total: z.string(),
      totalExact: z.string(),
      rank: z.int().min(1),
      rankedBy: z.string().nullable(),
    }),
  ),
  candidates: z.array(zName),
});
export type Result = z.infer<typeof zResult>;
/** Shown figures have two decimals; `exact` ones are unrounded to eight. */
export type PartResult = z.infer<typeof zPartResult>;
export type ResultRow = Result['rows'][number];

/** The calculation table, when aggregated and visible to this reader. */
export function resultOf(state: LotState): Result | null {
  const { aggregated } = state.scoring;
  if (aggregated === null) return null;
  const read = zResult.safeParse(disclosed(state, aggregated.seq, 'd:result'));
  return read.success ? read.data : null;
}

/** Candidates in the order of their rank; co-ranked ones in the order of their names. */
export function candidatesOf(state: LotState): ResultRow[] {
  const result = resultOf(state);
  return result === null ? [] : result.rows.filter((row) => result.candidates.includes(row.party));
}
