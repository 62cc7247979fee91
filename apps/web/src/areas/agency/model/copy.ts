import type { SetupState } from '@app/evaluation';
import { EMPTY_DRAFT, type LotDraft, PRICE_KINDS, PROJECT_TYPES } from './draft.js';

/**
 * 复制标段: a new draft out of a lot's notice. What belongs to that lot alone stays out: its number, its dates, and the people, whose
 * certificates may be others by now.
 */
export function copyOf({
  name,
  regime,
  jurisdiction,
  projectType,
  tendererCity,
  venues,
  venuePreset,
  keepers,
  rules,
}: SetupState): LotDraft {
  const draft: LotDraft = {
    ...EMPTY_DRAFT,
    name,
    regime,
    jurisdiction,
    projectType: PROJECT_TYPES.find((known) => known === projectType) ?? EMPTY_DRAFT.projectType,
    tendererCity,
    venues: venues.flatMap(({ venue, role }) => (role === 'main' ? [] : [venue])),
    venuePreset,
    trustees: keepers.bids.parties,
    threshold: String(keepers.bids.threshold),
    sheetsThreshold: String(keepers.sheets.threshold),
  };
  if (rules === null) return draft;
  const { facts, price, deductions, memberTrim, committee, award, performanceSecurity } = rules;
  return {
    ...draft,
    ceiling: rules.ceiling,
    budget: facts.budget ?? '',
    isComplex: facts.isComplex,
    hasSocialImpact: facts.hasSocialImpact,
    isReserved: facts.isReserved,
    stateMandated: rules.stateMandated ?? true,
    coreProduct: rules.coreProduct ?? '',
    price: priceOf(price),
    smallMicro: deductions?.smallMicro ?? '',
    smallPartner: deductions?.smallPartner ?? '',
    domestic: deductions?.domestic ?? '',
    twoEnvelope: rules.twoEnvelope,
    trimLow: String(memberTrim.low),
    trimHigh: String(memberTrim.high),
    candidates: String(rules.candidates),
    ties: rules.ties,
    members: String(committee.members),
    representatives: String(committee.representatives),
    isChairDesignated: rules.chair === 'designated',
    award: award.kind,
    awardMembers: award.kind === 'direct-vote' ? String(award.members) : EMPTY_DRAFT.awardMembers,
    securityPercent: performanceSecurity?.percent ?? '',
    securityDays: performanceSecurity === undefined ? EMPTY_DRAFT.securityDays : String(performanceSecurity.days),
    review: rules.review,
    items: rules.items,
  };
}

function priceOf(price: NonNullable<SetupState['rules']>['price']): LotDraft['price'] {
  const { price: empty } = EMPTY_DRAFT;
  const kind = PRICE_KINDS.find((known) => known === price.kind) ?? empty.kind;
  if (price.kind === 'low-price-first') return { ...empty, kind, weight: price.weight };
  if (price.kind !== 'benchmark-deviation') return { ...empty, kind };
  const { full, floor, e1, e2, betaDecimals, trim, k } = price;
  return {
    ...empty,
    kind,
    full,
    floor,
    e1,
    e2,
    betaDecimals: betaDecimals === null ? '' : String(betaDecimals),
    trim: trim.map(({ below, low, high }) => ({ below: below === null ? '' : String(below), low: String(low), high: String(high) })),
    ...('fixed' in k ? { kMode: 'fixed' as const, kFixed: k.fixed } : { kMode: 'drawn' as const, kDrawn: k.drawn.join(' ') }),
  };
}
