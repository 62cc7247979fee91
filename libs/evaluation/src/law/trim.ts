import { ascending, type Decimal, mean } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';

export interface Trim {
  readonly low: number;
  readonly high: number;
}

export interface Trimmed {
  /** Indexes into the input that stay, in input order. */
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
}

/**
 * 去掉最高最低: which values stay when `low` of the lowest and `high` of the highest are dropped. Exactly that many instances
 * go even when an extreme is tied (the earlier index first). When nothing would remain, nothing is dropped.
 */
export function trim(values: readonly Decimal[], { low, high }: Trim): Trimmed {
  const order = values.map((_, index) => index).sort((a, b) => ascending(need(values[a]), need(values[b])) || a - b);
  if (low + high >= order.length) return { kept: values.map((_, index) => index), dropped: [] };
  const dropped = new Set([...order.slice(0, low), ...order.slice(order.length - high)]);
  const indexes = values.map((_, index) => index);
  return { kept: indexes.filter((index) => !dropped.has(index)), dropped: indexes.filter((index) => dropped.has(index)) };
}

/** Mean of what {@link trim} leaves. */
export const trimmedMean = (values: readonly Decimal[], by: Trim): Decimal =>
  mean(trim(values, by).kept.map((index) => need(values[index])));

/** Row of a trim table for n values: the first whose `below` exceeds n; without one, nothing is dropped. */
export function trimFor(table: readonly { readonly below: number | null; readonly low: number; readonly high: number }[], n: number): Trim {
  return table.find((row) => row.below === null || n < row.below) ?? { low: 0, high: 0 };
}
