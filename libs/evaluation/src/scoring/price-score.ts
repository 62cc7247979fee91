import { Decimal, decimal, mean, rounded } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import { trim, type Trim, trimFor } from '../law/trim.js';
import type { PriceRule } from '../lot/index.js';

type Deviation = Extract<PriceRule, { kind: 'benchmark-deviation' }>;
const HUNDRED = decimal(100);

/**
 * 低价优先法: `P_min / P × weight` on evaluated prices (87号令 55). Lowest and highest quotes are never dropped.
 * Prices are positive CNY; the score is unrounded points in (0, weight].
 */
export function lowPriceFirst(price: Decimal, lowest: Decimal, weight: Decimal): Decimal {
  return lowest.div(price).times(weight);
}

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
export function benchmark(prices: readonly Decimal[], table: Deviation['trim'], k: Decimal): Benchmark {
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
export function deviationScore(beta: Decimal, rule: Pick<Deviation, 'full' | 'floor' | 'e1' | 'e2'>): Decimal {
  const full = decimal(rule.full);
  const score = full.minus(beta.abs().times(beta.isNegative() ? rule.e2 : rule.e1));
  return Decimal.max(Decimal.min(score, full), rule.floor);
}
