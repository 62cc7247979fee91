import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { decimal, Decimal } from '../kernel/decimal.js';
import { zPositive } from '../scoring/methods/index.js';
import { need } from '../kernel/need.js';
import { zPart } from './score-parts.js';

/** How a member's value comes about, and what it is worth. Left out: any value of the grid from `min` to `max`, itself the points (RANGE). */
const zItemType = z.discriminatedUnion('kind', [
  /** One of the listed values. */
  z.strictObject({ kind: z.literal('FIXED'), values: z.array(zDecimal).min(2).max(50) }),
  /** 优, 良, 中, 差: bands from the lowest on, each with its own points on the grid. */
  z.strictObject({
    kind: z.literal('GRADED'),
    grades: z
      .array(z.strictObject({ name: z.string().min(1).max(40), min: zDecimal, max: zDecimal }))
      .min(2)
      .max(10),
  }),
  /** 扣分: from the full marks down, `per` points for each fault, never below `min`. */
  z.strictObject({ kind: z.literal('DEDUCT'), per: zPositive }),
  /** 加分: from `min` up, `per` points for each merit, never above `max`. */
  z.strictObject({ kind: z.literal('ADD'), per: zPositive }),
  /** All points or the least. */
  z.strictObject({ kind: z.literal('PASS_FAIL') }),
  /** 公式: members give a figure of the grid, in `unit`; points are `base + per × figure`, held within [least, most]. */
  z.strictObject({
    kind: z.literal('FORMULA'),
    unit: z.string().min(1).max(20),
    base: zDecimal,
    per: zDecimal,
    least: zDecimal,
    most: zDecimal,
  }),
  /** 价格调整 of 经评审的最低投标价法 (12号令 32): members give a figure, and the evaluated price rises by `per` for each unit: percent of the bid, or CNY. */
  z.strictObject({ kind: z.literal('ADJUSTMENT'), unit: z.string().min(1).max(20), of: z.enum(['PERCENT_OF_BID', 'CNY']), per: zDecimal }),
]);

/** A scored item: every member gives a value in [min, max] on the grid `step`; an objective item must be equal for all members. */
export const zScoreItem = z.strictObject({
  id: zName,
  part: zPart,
  title: z.string().min(1).max(200),
  min: zDecimal,
  max: zDecimal,
  step: zDecimal,
  objective: z.boolean(),
  type: zItemType.exactOptional(),
});
export type ScoreItem = z.infer<typeof zScoreItem>;
type Valued = Pick<ScoreItem, 'min' | 'max' | 'step' | 'type'>;

/** On the grid that starts at `from`. A step of zero means any value. */
const isStep = (value: Decimal, from: string, step: string): boolean => {
  const by = decimal(step);
  return !by.isPositive() || by.isZero() || value.minus(from).mod(by).isZero();
};

/** Whether a member may give this value: in [min, max], and one of those that the item's type knows. */
export function isOnGrid({ min, max, step, type }: Valued, given: string): boolean {
  const value = decimal(given);
  if (value.lt(min) || value.gt(max)) return false;
  switch (type?.kind) {
    case 'FIXED':
      return type.values.some((one) => value.eq(one));
    case 'GRADED':
      return isStep(value, min, step) && type.grades.some((grade) => value.gte(grade.min) && value.lte(grade.max));
    case 'DEDUCT':
      return value.eq(min) || isStep(value, max, type.per);
    case 'ADD':
      return value.eq(max) || isStep(value, min, type.per);
    case 'PASS_FAIL':
      return value.eq(min) || value.eq(max);
    default:
      return isStep(value, min, step);
  }
}

/** What a value is worth. An adjustment is worth no points: it moves a price. */
export function pointsOf({ type }: Pick<ScoreItem, 'type'>, given: string): Decimal {
  if (type?.kind === 'ADJUSTMENT') return decimal(0);
  if (type?.kind !== 'FORMULA') return decimal(given);
  const points = decimal(type.base).plus(decimal(type.per).times(given));
  return Decimal.max(Decimal.min(points, type.most), type.least);
}

/** The most that an item is worth. */
export const fullPointsOf = ({ max, type }: Pick<ScoreItem, 'max' | 'type'>): Decimal =>
  decimal(type?.kind === 'FORMULA' ? type.most : type?.kind === 'ADJUSTMENT' ? 0 : max);

/** What a value adds to the evaluated price of this bid, unrounded CNY; zero for every other type. */
export function adjustmentOf({ type }: Pick<ScoreItem, 'type'>, given: string, price: Decimal): Decimal {
  if (type?.kind !== 'ADJUSTMENT') return decimal(0);
  const units = decimal(given).times(type.per);
  return type.of === 'CNY' ? units : price.times(units).div(100);
}

/** Decimals that scores are shown with: values that differ behind them would look the same and count differently. */
const STEP_DECIMALS_MAX = 2;
const isShort = (value: string): boolean => decimal(value).decimalPlaces() <= STEP_DECIMALS_MAX;

/** What contradicts itself in an item, or null. */
export function itemFault(item: ScoreItem): string | null {
  const { min, max, step } = item;
  if (decimal(step).lte(0) || decimal(min).lt(0) || decimal(max).lte(min)) return 'range';
  if (![min, max, step].every(isShort)) return 'more than two decimals';
  if (!decimal(max).minus(min).mod(step).isZero()) return 'the range is no multiple of the step';
  return typeFault(item);
}

function typeFault(item: ScoreItem): string | null {
  const { min, max, objective, type } = item;
  switch (type?.kind) {
    case 'FIXED':
      return listFault(type.values, min, max);
    case 'GRADED':
      return gradesFault(type.grades, min, max);
    case 'DEDUCT':
    case 'ADD':
      if (!isShort(type.per)) return 'more than two decimals';
      return decimal(type.per).gt(decimal(max).minus(min)) ? 'type.per: more than the range' : null;
    case 'FORMULA':
      if (!objective) return 'objective: a figure is the same for everybody';
      if (decimal(type.least).lt(0) || decimal(type.most).lte(type.least)) return 'type.least: not below the most';
      if (![type.least, type.most].every(isShort)) return 'more than two decimals';
      // The most counts as the full marks: no bidder could have them.
      return [min, max].some((figure) => pointsOf(item, figure).eq(type.most))
        ? null
        : `type.most: no figure from ${min} to ${max} is worth it`;
    case 'ADJUSTMENT':
      return objective ? null : 'objective: a figure is the same for everybody';
    default:
      return null;
  }
}

function listFault(values: readonly string[], min: string, max: string): string | null {
  if (!values.every(isShort)) return 'more than two decimals';
  const rises = values.every((value, index) => index === 0 || decimal(value).gt(need(values[index - 1])));
  const isWhole = decimal(need(values[0])).eq(min) && decimal(need(values.at(-1))).eq(max);
  return rises && isWhole ? null : `type.values: rise from ${min} to ${max}`;
}

function gradesFault(grades: readonly { readonly min: string; readonly max: string }[], min: string, max: string): string | null {
  const ends = grades.flatMap((grade) => [grade.min, grade.max]);
  if (!ends.every(isShort)) return 'more than two decimals';
  const isRising = grades.every(
    (grade, index) => decimal(grade.max).gte(grade.min) && (index === 0 || decimal(grade.min).gt(need(grades[index - 1]).max)),
  );
  const isWhole = decimal(need(ends[0])).eq(min) && decimal(need(ends.at(-1))).eq(max);
  return isRising && isWhole ? null : `type.grades: rise from ${min} to ${max}, none over another`;
}
