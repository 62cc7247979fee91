import type { OpeningSheet } from '../bidding/index.js';
import { type Decimal, decimal } from '../kernel/decimal.js';

export interface Deductions {
  /** Percent: of the original price, or of the price score where the method measures quoted prices. */
  readonly smallMicro: string;
  /** The same for a larger bidder with a small partner; absent where the lot takes none. */
  readonly smallPartner?: string;
  readonly domestic: string;
}

/** What a bidder claims in the opening sheet and the qualification review did not refute. */
export interface PolicyClaims {
  readonly smallMicro: boolean;
  /** Has small or micro partners who do enough of the contract; nobody is preferred twice. */
  readonly smallPartner: boolean;
  readonly domestic: boolean;
}

/** Share of the contract from which small and micro partners bring a preference, percent (财库〔2020〕46号 9). */
const PARTNER_SHARE_MIN = '30';

/**
 * 财库〔2020〕46号 9: a consortium (联合体) wholly of small and micro enterprises counts as one of them; with some, or with subcontracts (分包) to
 * them, a bidder is preferred from 30 % of the contract on. Who holds shares in, or manages, another of them gets nothing by it.
 */
export function claimsOf({ claims: { smallMicro, domestic, partners } }: Pick<OpeningSheet, 'claims'>): PolicyClaims {
  const isPreferred = partners?.isIndependent === true;
  const isSmall = smallMicro || (isPreferred && partners.form === 'CONSORTIUM' && partners.isAllSmall);
  return { smallMicro: isSmall, smallPartner: !isSmall && isPreferred && decimal(partners.percent).gte(PARTNER_SHARE_MIN), domestic };
}

/** The rate that a bidder gets for small and micro enterprises, percent. */
const smallRate = ({ smallMicro, smallPartner }: PolicyClaims, rates: Deductions): string =>
  smallMicro ? rates.smallMicro : smallPartner ? (rates.smallPartner ?? '0') : '0';

const HUNDRED = decimal(100);

/** 政策扣除: every rate is taken of the original price, so several add up (财政部答复, domain.md §4.1). The contract price stays as quoted. */
export function evaluatedPrice(price: Decimal, claims: PolicyClaims, rates: Deductions): Decimal {
  const percent = decimal(smallRate(claims, rates)).plus(claims.domestic ? rates.domestic : 0);
  return price.times(HUNDRED.minus(percent)).div(HUNDRED);
}

/**
 * 财库〔2020〕46号 9, second sentence: where the method measures quoted prices a small or micro bidder gets so many percent of its price
 * score on top. It may reach beyond the full marks, else whoever has them would gain nothing.
 */
export const scoreBonus = (score: Decimal, claims: PolicyClaims, rates: Deductions): Decimal =>
  score.times(smallRate(claims, rates)).div(HUNDRED);

/**
 * 国办发〔2025〕34号: domestic products are preferred where they compete with
 * others. Small and micro enterprises need no competitor of another kind.
 */
export const isDomesticContested = (competing: readonly Pick<PolicyClaims, 'domestic'>[]): boolean =>
  competing.some(({ domestic }) => domestic) && !competing.every(({ domestic }) => domestic);
