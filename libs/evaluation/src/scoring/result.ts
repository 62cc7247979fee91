import { zDecimal, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { disclosed, type LotState } from '../kernel/state.js';
import { profileFor } from '../lot/index.js';

const zByMembers = z.strictObject({
  members: z.record(zName, z.string()),
  /** 去掉最高最低. */
  dropped: z.array(zName),
});
/** Part `d:member-scores`: bidder → part → what each member gave. Never public (招标投标法 44, 87号令 66). */
const zMemberScores = z.strictObject({ v: z.literal(1), bids: z.record(zName, z.record(z.string(), zByMembers)) });
export type MemberScores = z.infer<typeof zMemberScores>;

/** Shown figures have two decimals; `exact` ones are unrounded to eight. */
const zPartResult = z.strictObject({ score: zDecimal, exact: z.string() });

const row = {
  party: zName,
  price: zDecimal,
  evaluatedPrice: zDecimal,
  beta: z.string().nullable(),
  priceScore: z.string(),
  priceScoreExact: z.string(),
  total: z.string(),
  totalExact: z.string(),
  rank: z.int().min(1),
  rankedBy: z.string().nullable(),
} as const;
const table = {
  benchmark: z
    .strictObject({
      set: z.array(z.strictObject({ party: zName, price: zDecimal })),
      dropped: z.array(zName),
      mean: zDecimal,
      k: z.string(),
      price: zDecimal,
      exact: z.string(),
      /** Figures on the way to it that only this method has, by name. */
      steps: z.record(z.string(), z.string()).exactOptional(),
    })
    .nullable(),
  candidates: z.array(zName),
} as const;

/** Part `d:result`: the 评分汇总表, bidder × factor, as `aggregate` made it. */
const zResult = z.strictObject({
  v: z.literal(2),
  ...table,
  /** Left out: by total. 经评审的最低投标价法, 最低评标价法: nobody has points, and the table is the 标价比较表 (12号令 33). */
  ranksBy: z.literal('evaluated-price').exactOptional(),
  /** Bids whose validity ended before the ranking without a later end: out, with the instant (投标有效期, 条例 25). */
  expired: z.array(z.strictObject({ party: zName, until: zInstant })).exactOptional(),
  rows: z.array(
    z.strictObject({
      ...row,
      /** 价格调整: what the document's items added to the price, with the figure found (12号令 32). */
      adjustments: z.array(z.strictObject({ item: zName, figure: z.string(), amount: z.string() })).exactOptional(),
      /** The price as it was read out, where an arithmetic correction (算术修正) changed it. */
      quoted: zDecimal.exactOptional(),
      /** 财库〔2020〕46号 9: points that a preference added to the price score, unrounded; they are in it. */
      bonus: z.string(),
      /** The bidder of the same brand of the core product who is recommended in its place (87号令 31). */
      yieldsTo: zName.exactOptional(),
      parts: z.record(z.string(), zPartResult),
    }),
  ),
});
export type Result = z.infer<typeof zResult>;
export type ResultRow = Result['rows'][number];

/** As engines 0.1.0 and 0.2.0 made it: with the members' scores in it. */
const zResultBefore = z.strictObject({
  v: z.literal(1),
  ...table,
  rows: z.array(z.strictObject({ ...row, parts: z.record(z.string(), z.strictObject({ ...zPartResult.shape, ...zByMembers.shape })) })),
});
type ResultBefore = z.infer<typeof zResultBefore>;

const mapped = <A, B>(record: Readonly<Record<string, A>>, to: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));

const withoutMembers = ({ benchmark, candidates, rows }: ResultBefore): Result => ({
  v: 2,
  benchmark,
  candidates,
  rows: rows.map((before) => ({ ...before, bonus: '0', parts: mapped(before.parts, ({ score, exact }) => ({ score, exact })) })),
});
const membersOnly = ({ rows }: ResultBefore): MemberScores => ({
  v: 1,
  bids: Object.fromEntries(rows.map(({ party, parts }) => [party, mapped(parts, ({ members, dropped }) => ({ members, dropped }))])),
});

function aggregatedPart(state: LotState, part: string): unknown {
  const { aggregated } = state.scoring;
  return aggregated === null ? undefined : disclosed(state, aggregated.seq, part);
}

/** The calculation table, when aggregated and visible to this reader. */
export function resultOf(state: LotState): Result | null {
  const read = z.union([zResult, zResultBefore.transform(withoutMembers)]).safeParse(aggregatedPart(state, 'd:result'));
  return read.success ? read.data : null;
}

/** What each member gave each bidder, when aggregated and visible to this reader. */
export function memberScoresOf(state: LotState): MemberScores | null {
  const read = zMemberScores.safeParse(aggregatedPart(state, 'd:member-scores'));
  if (read.success) return read.data;
  const before = zResultBefore.safeParse(aggregatedPart(state, 'd:result'));
  return before.success ? membersOnly(before.data) : null;
}

/** Places in the lot's witnessed draw, for ties that nothing else breaks. Anybody computes them again; null without a seed. */
export function drawPlaceOf(state: LotState): ((party: string) => string) | null {
  const { seed } = state.draw;
  return seed === null ? null : (party) => profileFor(state).hashHex(`${seed}|tie|${party}`);
}

/** Candidates in the order of their rank; co-ranked ones, which older engines left, in the order of their names. */
export function candidatesOf(state: LotState): ResultRow[] {
  const result = resultOf(state);
  return result === null ? [] : result.rows.filter(({ party }) => result.candidates.includes(party));
}
