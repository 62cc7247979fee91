import type { Decimal } from '../../../kernel/decimal.js';

/**
 * 低价优先法: `P_min / P × weight` on evaluated prices (87号令 55). Lowest and highest quotes are never dropped.
 * Prices are positive CNY; the score is unrounded points in (0, weight].
 */
export function lowPriceFirst(price: Decimal, lowest: Decimal, weight: Decimal): Decimal {
  return lowest.div(price).times(weight);
}
