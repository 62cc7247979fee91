import { type Decimal, decimal, mean } from '../kernel/decimal.js';
import type { Thresholds } from '../law/rule-set.js';

export type LowPriceTrigger = 'BELOW_MEAN_SHARE' | 'BELOW_SECOND_SHARE' | 'BELOW_CEILING_SHARE';

/**
 * 财库〔2026〕2号: which bids start a review for an abnormally low price. Quoted prices of bids that passed conformity; each
 * comparison is strict. A hit starts a review and decides nothing.
 */
export function lowPriceTriggers(
  prices: readonly Decimal[],
  ceiling: Decimal,
  shares: NonNullable<Thresholds['lowPrice']>,
): LowPriceTrigger[][] {
  if (prices.length === 0) return [];
  const average = mean(prices);
  const second = [...prices].sort((a, b) => a.comparedTo(b))[1];
  const below = (price: Decimal, share: string, of: Decimal): boolean => price.lt(of.times(share).div(100));
  const lowest = prices.reduce((low, price) => (price.lt(low) ? price : low));
  return prices.map((price) => [
    ...(below(price, shares.ofMean, average) ? (['BELOW_MEAN_SHARE'] as const) : []),
    ...(second !== undefined && price.eq(lowest) && below(price, shares.ofSecondLowest, second) ? (['BELOW_SECOND_SHARE'] as const) : []),
    ...(below(price, shares.ofCeiling, decimal(ceiling)) ? (['BELOW_CEILING_SHARE'] as const) : []),
  ]);
}
