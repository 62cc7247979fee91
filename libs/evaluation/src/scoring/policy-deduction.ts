import { type Decimal, decimal } from '../kernel/decimal.js';

export interface Deductions {
  /** Percent: of the original price, or of the price score where the method measures quoted prices. */
  readonly smallMicro: string;
  readonly domestic: string;
}

/** What a bidder claims in the opening sheet and the qualification review did not refute. */
export interface PolicyClaims {
  readonly smallMicro: boolean;
  readonly domestic: boolean;
}

const HUNDRED = decimal(100);

/** 政策扣除: every rate is taken of the original price, so several add up (财政部答复, domain.md §4.1). The contract price stays as quoted. */
export function evaluatedPrice(price: Decimal, claims: PolicyClaims, rates: Deductions): Decimal {
  const percent = decimal(claims.smallMicro ? rates.smallMicro : 0).plus(claims.domestic ? rates.domestic : 0);
  return price.times(HUNDRED.minus(percent)).div(HUNDRED);
}

/**
 * 财库〔2020〕46号 9, second sentence: where the method measures quoted prices a small or micro bidder gets so many percent of its price
 * score on top. It may reach beyond the full marks, else whoever has them would gain nothing.
 */
export const scoreBonus = (score: Decimal, { smallMicro }: PolicyClaims, rates: Deductions): Decimal =>
  smallMicro ? score.times(rates.smallMicro).div(HUNDRED) : decimal(0);

/**
 * 国办发〔2025〕34号: domestic products are preferred where they compete with
 * others. Small and micro enterprises need no competitor of another kind.
 */
export const isDomesticContested = (competing: readonly Pick<PolicyClaims, 'domestic'>[]): boolean =>
  competing.some(({ domestic }) => domestic) && !competing.every(({ domestic }) => domestic);
