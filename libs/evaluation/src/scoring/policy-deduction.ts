import { type Decimal, decimal, ZERO } from '../kernel/decimal.js';

export interface Deductions {
  /** Percent of the original price. */
  readonly smallMicro: string;
  readonly domestic: string;
}

/** What a bidder claims in the opening sheet and the qualification review did not refute. */
export interface PolicyClaims {
  readonly smallMicro: boolean;
  readonly domestic: boolean;
}

/** 政策扣除: every rate is taken of the original price, so several add up (财政部答复, domain.md §4.1). The contract price stays as quoted. */
export function evaluatedPrice(price: Decimal, claims: PolicyClaims, rates: Deductions): Decimal {
  const percent = (claims.smallMicro ? decimal(rates.smallMicro) : ZERO).plus(claims.domestic ? rates.domestic : ZERO);
  return price.times(decimal(100).minus(percent)).div(100);
}

/** A kind is deducted only where bids with and without it compete; otherwise it would favour nobody (财库〔2020〕46号, 国办发〔2025〕34号). */
export function competingClaims(bids: readonly PolicyClaims[]): PolicyClaims {
  const mixed = (has: (bid: PolicyClaims) => boolean): boolean => bids.some(has) && !bids.every(has);
  return { smallMicro: mixed((bid) => bid.smallMicro), domestic: mixed((bid) => bid.domestic) };
}
