import type { TenderRules } from '@app/evaluation';

/** What the form asks for by method: the one place of the wizard that names them. A method of the rules that is missing here does not compile. */
export type PriceKind = TenderRules['price']['kind'];
export type AwardKind = TenderRules['award']['kind'];

/** Fields of a price method: its weight, points by deviation, a table of dropped prices, a coefficient, and its own. */
interface PriceForm {
  readonly hasWeight: boolean;
  readonly hasDeviation: boolean;
  readonly hasTrim: boolean;
  readonly hasK: boolean;
  readonly more: readonly string[];
  /** False: the lowest evaluated price wins, and nothing is scored. */
  readonly isScored: boolean;
}
const NO_FIELDS: PriceForm = { hasWeight: false, hasDeviation: false, hasTrim: false, hasK: false, more: [], isScored: true };
const WITH_K: PriceForm = { ...NO_FIELDS, hasDeviation: true, hasK: true };
export const PRICE_FORMS: Readonly<Record<PriceKind, PriceForm>> = {
  'low-price-first': { ...NO_FIELDS, hasWeight: true },
  'benchmark-deviation': { ...WITH_K, hasTrim: true },
  'benchmark-ceiling': { ...WITH_K, hasTrim: true, more: ['k2', 'meanPercent'] },
  'benchmark-three-part': {
    ...WITH_K,
    more: ['deltaPercent', 'aPercent', 'bPercent', 'cPercent', 'limitMeanPercent', 'limitPercent', 'poolPercent'],
  },
  'benchmark-iterative': { ...WITH_K, more: ['beyondPercent'] },
  'benchmark-lowest': { ...NO_FIELDS, hasDeviation: true },
  'benchmark-random': { ...WITH_K, more: ['drawn', 'low', 'high', 'meanPercent', 'bandLowPercent', 'bandHighPercent'] },
  'lowest-evaluated-price': { ...NO_FIELDS, isScored: false },
  'fixed-price': NO_FIELDS,
};
export const PRICE_KINDS = Object.keys(PRICE_FORMS) as PriceKind[];
export const FIRST_PRICE_KIND: PriceKind = 'benchmark-deviation';

interface AwardForm {
  readonly hasMembers: boolean;
  /** 评定分离: only where the law of the place allows it. */
  readonly isSeparated: boolean;
}
export const AWARD_FORMS: Readonly<Record<AwardKind, AwardForm>> = {
  'rank-1': { hasMembers: false, isSeparated: false },
  'direct-vote': { hasMembers: true, isSeparated: true },
};
export const AWARD_KINDS = Object.keys(AWARD_FORMS) as AwardKind[];
export const FIRST_AWARD_KIND: AwardKind = 'rank-1';
