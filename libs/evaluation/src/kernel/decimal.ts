import { Decimal as Base } from 'decimal.js';

/**
 * The only numbers that decide an award. 60 significant digits, so that a mean of members' scores may be divided and
 * multiplied again before the one rounding at the end (domain.md §4); rounding is half-up everywhere (四舍五入).
 */
export const Decimal = Base.clone({ precision: 60, rounding: Base.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });
export type Decimal = Base;

/** Decimals that money, percentages and scores are shown with. */
const SHOWN_DECIMALS = 2;
/** Decimals kept where a figure is shown "unrounded" in the calculation table. */
export const EXACT_DECIMALS = 8;

const ZERO = new Decimal(0);

/** Reads a decimal of the wire; throws on anything else, so schemas come first. */
export const decimal = (value: string | number | Base): Base => new Decimal(value);

/** The one rounding of the system. */
export const rounded = (value: Base, decimals: number = SHOWN_DECIMALS): Base => value.toDecimalPlaces(decimals, Base.ROUND_HALF_UP);

/** Rounded text with exactly so many decimals; never `-0.00`. */
export function fixed(value: Base, decimals: number = SHOWN_DECIMALS): string {
  const short = rounded(value, decimals);
  return (short.isZero() ? ZERO : short).toFixed(decimals);
}

/** Text for the "unrounded" columns: at most {@link EXACT_DECIMALS} decimals, no trailing zeros. */
export const exact = (value: Base): string => {
  const short = rounded(value, EXACT_DECIMALS);
  return (short.isZero() ? ZERO : short).toFixed();
};

export const sum = (values: readonly Base[]): Base => values.reduce((total, value) => total.plus(value), ZERO);

/** Arithmetic mean; the mean of nothing is a programmer's error. */
export function mean(values: readonly Base[]): Base {
  if (values.length === 0) throw new RangeError('mean of no values');
  return sum(values).div(values.length);
}

export const ascending = (a: Base, b: Base): number => a.comparedTo(b);
