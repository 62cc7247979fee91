import { decimal, Decimal, mean, rounded } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { trim, trimFor, type Trim } from '../../../law/trim.js';

/** Points, and points lost per percent, of a deviation. */
export interface DeviationRule {
  readonly full: string;
  readonly floor: string;
  readonly e1: string;
  readonly e2: string;
}
/** Prices dropped at each end, by the number of prices. */
export type TrimTable = Parameters<typeof trimFor>[0];

const HUNDRED = decimal(100);

export interface Benchmark {
  /** Indexes into the prices given. */
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
  readonly trim: Trim;
  readonly mean: Decimal;
  readonly k: Decimal;
  /** 评标基准价 D = mean × K, unrounded CNY. */
  readonly price: Decimal;
}

/** M1 (domain.md §4.5): the mean of the prices left after the document's trim table, times K. */
export function benchmark(prices: readonly Decimal[], table: TrimTable, k: Decimal): Benchmark {
  const by = trimFor(table, prices.length);
  const { kept, dropped } = trim(prices, by);
  const average = mean(kept.map((index) => need(prices[index])));
  return { kept, dropped, trim: by, mean: average, k, price: average.times(k) };
}

/** 偏差率 β = (P − D) / D × 100, rounded only where the document says so (`betaDecimals`). */
export function deviation(price: Decimal, benchmarkPrice: Decimal, decimals: number | null): Decimal {
  const beta = price.minus(benchmarkPrice).div(benchmarkPrice).times(HUNDRED);
  return decimals === null ? beta : rounded(beta, decimals);
}

/** `full − |β|×E1` above the benchmark, `full − |β|×E2` below, held within [floor, full]. */
export function deviationScore(beta: Decimal, rule: DeviationRule): Decimal {
  const full = decimal(rule.full);
  const score = full.minus(beta.abs().times(beta.isNegative() ? rule.e2 : rule.e1));
  return Decimal.max(Decimal.min(score, full), rule.floor);
}

/** What is wrong with a trim table: every row has numbers of prices of its own, and leaves one of the fewest. */
export function trimFault(table: TrimTable): string | null {
  let fewest = 1;
  for (const [index, { below, low, high }] of table.entries()) {
    if (below === null && index < table.length - 1) return `trim.${index + 1}: comes after the row for all other numbers`;
    if (below !== null && below <= fewest) return `trim.${index}.below: not above ${fewest}`;
    if (low + high >= fewest) return `trim.${index}: drops ${low + high} of ${fewest} prices and leaves none`;
    fewest = below ?? fewest;
  }
  return null;
}
