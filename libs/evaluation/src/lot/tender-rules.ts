import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';

/** 招标文件 as data: everything that decides an award, fixed at publication. All prices in CNY with two decimals. */

/** Decimals that divide or multiply a price: zero or less would make no sense of any bid. */
const zPositive = zDecimal.refine((text) => /[1-9]/.test(text) && !text.startsWith('-'), 'not positive');
const zNotNegative = zDecimal.refine((text) => !text.startsWith('-'), 'negative');

/** Parts that members score, in the order in which they do. */
export const SCORE_PARTS = ['technical', 'commercial', 'credential'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];
export const zPart = z.enum(SCORE_PARTS);
/** Step of the evaluation in which a part is scored, and base of its boxes' purpose. */
export const scoresStep = <P extends ScorePart>(part: P): `scores:${P}` => `scores:${part}`;

/** A pass/fail item of the preliminary review (初步评审 / 符合性审查). */
export const zReviewItem = z.strictObject({
  id: zName,
  title: z.string().min(1).max(200),
  kind: z.enum(['formal', 'qualification', 'responsiveness']),
});

/** A scored item: every member gives a value in [min, max] on the grid `step`; an objective item must be equal for all members. */
export const zScoreItem = z.strictObject({
  id: zName,
  part: zPart,
  title: z.string().min(1).max(200),
  min: zDecimal,
  max: zDecimal,
  step: zDecimal,
  objective: z.boolean(),
});

/** Price part. `low-price-first`: gov formula P_min/P×w. `benchmark-deviation`: M1 and the deviation score (domain.md §4.5). */
export const zPriceRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('low-price-first'), weight: zPositive }),
  z.strictObject({
    kind: z.literal('benchmark-deviation'),
    full: zPositive,
    floor: zNotNegative,
    /** Points lost per percent above / below the benchmark. */
    e1: zNotNegative,
    e2: zNotNegative,
    /** Decimals β is rounded to before scoring; null: unrounded (round once at the end). */
    betaDecimals: z.int().min(0).max(6).nullable(),
    /** Prices dropped at each end of the sorted list, by the number of prices: the first row whose `below` exceeds n applies. */
    trim: z.array(z.strictObject({ below: z.int().positive().nullable(), low: z.int().min(0), high: z.int().min(0) })).min(1),
    /** Coefficient K: a fixed value, or the values one is drawn from in public at the opening. */
    k: z.union([z.strictObject({ fixed: zPositive }), z.strictObject({ drawn: z.array(zPositive).min(2).max(50) })]),
  }),
]);

/** Policy deductions (domain.md §4.1): each rate is applied to the original price, in percent. */
export const zDeductions = z.strictObject({ smallMicro: zNotNegative, domestic: zNotNegative });

export const zAwardRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rank-1') }),
  /** 评定分离, 直接票决: the award committee votes; candidates are published unranked. */
  z.strictObject({ kind: z.literal('direct-vote'), members: z.int().min(5) }),
]);

export const zTenderRules = z.strictObject({
  method: z.enum(['comprehensive', 'scored']),
  ceiling: zDecimal,
  price: zPriceRule,
  deductions: zDeductions.nullable(),
  review: z.array(zReviewItem).min(1).max(100),
  items: z.array(zScoreItem).min(1).max(200),
  /** Prices stay locked until technical scores are (两步开启). */
  twoEnvelope: z.boolean(),
  /** 去掉最高最低 of members' part totals, per bidder; 0/0 for none. */
  memberTrim: z.strictObject({ low: z.int().min(0).max(3), high: z.int().min(0).max(3) }),
  candidates: z.int().min(1).max(10),
  committee: z.strictObject({ members: z.int().min(3).max(25), representatives: z.int().min(0).max(8) }),
  award: zAwardRule,
});
export type TenderRules = z.infer<typeof zTenderRules>;
export type ScoreItem = z.infer<typeof zScoreItem>;
export type PriceRule = z.infer<typeof zPriceRule>;
