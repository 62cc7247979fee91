import { z } from 'zod';
import type { Decimal } from '../../../kernel/decimal.js';
import { decimal, exact, EXACT_DECIMALS, fixed, rounded } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { zNotNegative, zPositive } from '../fields.js';
import type { CoefficientRule, PriceInput, PriceScores } from '../method.js';
import { deviation, deviationScore, trimFault, type TrimTable } from './score.js';

/** What every method with a 评标基准价 says of its points. */
export const deviationFields = {
  full: zPositive,
  floor: zNotNegative,
  /** Points lost per percent above / below the benchmark. */
  e1: zNotNegative,
  e2: zNotNegative,
  /** Decimals β is rounded to before scoring; null: unrounded (round once at the end). */
  betaDecimals: z.int().min(0).max(6).nullable(),
} as const;

/** Prices dropped at each end of the sorted list, by the number of prices: the first row whose `below` exceeds n applies. */
export const zTrimTable = z
  .array(z.strictObject({ below: z.int().positive().nullable(), low: z.int().min(0), high: z.int().min(0) }))
  .min(1);

/** A coefficient: a fixed value, or the values one is drawn from in public at the opening. */
export const zCoefficient = z.union([z.strictObject({ fixed: zPositive }), z.strictObject({ drawn: z.array(zPositive).min(2).max(50) })]);

/** Percent of something, with at most what is whole. */
export const zShare = zNotNegative.refine((text) => decimal(text).lte(100), 'more than 100 percent');

interface DeviationRule {
  readonly full: string;
  readonly floor: string;
  readonly e1: string;
  readonly e2: string;
  readonly betaDecimals: number | null;
}

/** What contradicts itself in the fields above. */
export const deviationFault = ({
  full,
  floor,
  trim,
}: Pick<DeviationRule, 'full' | 'floor'> & { readonly trim?: TrimTable }): string | null =>
  decimal(floor).gt(full) ? `floor: above the full marks of ${full}` : trim === undefined ? null : trimFault(trim);

/** The value that counts: fixed by the document, else drawn at the opening. */
export const coefficientOf = (rule: CoefficientRule, drawn: string | null): Decimal =>
  decimal('fixed' in rule ? rule.fixed : (drawn ?? '1'));

/** How a method came to its 评标基准价. */
export interface FoundBenchmark {
  /** Indexes into the quotes that did not enter `mean`. */
  readonly dropped: readonly number[];
  readonly mean: Decimal;
  readonly k: Decimal;
  /** D, unrounded CNY. */
  readonly price: Decimal;
  /** Figures on the way that this method has besides, as `name → text`. */
  readonly steps?: Readonly<Record<string, string>>;
}

/** D is rounded first only where the document says so; not where nothing would be left of it to measure by. */
function measured(price: Decimal, decimals: number | null): Decimal {
  if (decimals === null) return price;
  const short = rounded(price, decimals);
  return short.isZero() ? price : short;
}

/** Points by the distance from D, and how D came about. */
export function scoredBy(rule: DeviationRule, { bids, quotes, benchmarkDecimals }: PriceInput, found: FoundBenchmark): PriceScores {
  const price = measured(found.price, benchmarkDecimals);
  return {
    benchmark: {
      set: quotes.map(({ party, price: quoted }) => ({ party, price: quoted })),
      dropped: found.dropped.map((index) => need(quotes[index]).party),
      mean: fixed(found.mean),
      k: found.k.toFixed(),
      price: fixed(price),
      exact: exact(price),
      ...(found.steps === undefined ? {} : { steps: { ...found.steps } }),
    },
    of: bids.map(({ evaluated }) => {
      const beta = deviation(evaluated, price, rule.betaDecimals);
      return { score: deviationScore(beta, rule), beta: fixed(beta, rule.betaDecimals ?? EXACT_DECIMALS) };
    }),
  };
}

export const quotedPrices = ({ quotes }: PriceInput): Decimal[] => quotes.map(({ price }) => decimal(price));
