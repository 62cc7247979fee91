import type { LotImport, SetupState } from '@app/evaluation';
import { localOf } from '../../../utils/time.js';
import { blindOf } from './blind.js';
import { EMPTY_DRAFT, type LotDraft, PROJECT_TYPES } from './draft.js';

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
    drill: keepers.drill ?? EMPTY_DRAFT.drill,
  };
  return rules === null ? draft : { ...draft, ...draftOfRules(rules) };
}

/** 复制草稿: the same without what belongs to one lot alone. A draft that is copied again and again serves as a template. */
export const copyOfDraft = (draft: LotDraft): LotDraft => {
  const { code, tenderer, supervisor, witnesses, documentsFrom, documentsUntil, deadline } = EMPTY_DRAFT;
  return { ...draft, code, tenderer, supervisor, witnesses, documentsFrom, documentsUntil, deadline };
};

/** 上游交易平台导入: what a platform said of the lot; the rest is as in a new draft. */
export function importedDraft({ lot }: LotImport): LotDraft {
  const { code, name, regime, projectType, jurisdiction = EMPTY_DRAFT.jurisdiction, tendererCity = '', schedule = {}, rules = {} } = lot;
  const [documentsFrom, documentsUntil, deadline] = [schedule.documentsFrom, schedule.documentsUntil, schedule.deadline].map((at) =>
    localOf(at ?? ''),
  );
  return {
    ...EMPTY_DRAFT,
    ...{ code, name, regime, projectType, jurisdiction, tendererCity },
    ...{ documentsFrom: documentsFrom ?? '', documentsUntil: documentsUntil ?? '', deadline: deadline ?? '' },
    ...draftOfRules(rules),
  };
}

/** What of the tender rules is said, as the form writes it; a field that is not said stays as in a new draft. */
function draftOfRules(rules: NonNullable<LotImport['lot']['rules']>): Partial<LotDraft> {
  const { facts = {}, price, deductions, memberTrim, committee, award, performanceSecurity, bidSecurity } = rules;
  const none = EMPTY_DRAFT;
  return {
    ceiling: rules.ceiling ?? none.ceiling,
    budget: facts.budget ?? none.budget,
    isComplex: facts.isComplex ?? none.isComplex,
    hasSocialImpact: facts.hasSocialImpact ?? none.hasSocialImpact,
    isReserved: facts.isReserved ?? none.isReserved,
    stateMandated: rules.stateMandated ?? none.stateMandated,
    coreProduct: rules.coreProduct ?? none.coreProduct,
    price: price === undefined ? none.price : priceOf(price),
    smallMicro: deductions?.smallMicro ?? none.smallMicro,
    smallPartner: deductions?.smallPartner ?? none.smallPartner,
    domestic: deductions?.domestic ?? none.domestic,
    twoEnvelope: rules.twoEnvelope ?? none.twoEnvelope,
    trimLow: String(memberTrim?.low ?? none.trimLow),
    trimHigh: String(memberTrim?.high ?? none.trimHigh),
    candidates: String(rules.candidates ?? none.candidates),
    ties: rules.ties ?? none.ties,
    members: String(committee?.members ?? none.members),
    representatives: String(committee?.representatives ?? none.representatives),
    isChairDesignated: rules.chair === 'designated',
    award: award?.kind ?? none.award,
    awardMembers: award !== undefined && 'members' in award ? String(award.members) : none.awardMembers,
    securityPercent: performanceSecurity?.percent ?? none.securityPercent,
    securityDays: String(performanceSecurity?.days ?? none.securityDays),
    bidSecurity: bidSecurity?.amount ?? none.bidSecurity,
    bidSecurityForms: bidSecurity?.forms ?? none.bidSecurityForms,
    openingForm: rules.openingForm ?? none.openingForm,
    review: rules.review ?? none.review,
    items: rules.items ?? none.items,
    blind: blindOf(rules.blindFormat),
  };
}

function priceOf(price: NonNullable<SetupState['rules']>['price']): LotDraft['price'] {
  const { price: empty } = EMPTY_DRAFT;
  const said: Readonly<Record<string, unknown>> = price;
  const text = (name: string, none: string): string => {
    const value = said[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : none;
  };
  const more = Object.fromEntries(Object.entries(empty.more).map(([name, none]) => [name, text(name, none)]));
  const draft: LotDraft['price'] = {
    ...empty,
    kind: price.kind,
    weight: text('weight', empty.weight),
    full: text('full', empty.full),
    floor: text('floor', empty.floor),
    e1: text('e1', empty.e1),
    e2: text('e2', empty.e2),
    betaDecimals: said['betaDecimals'] === null ? '' : text('betaDecimals', empty.betaDecimals),
    more,
  };
  const trimmed =
    'trim' in price
      ? {
          trim: price.trim.map(({ below, low, high }) => ({
            below: below === null ? '' : String(below),
            low: String(low),
            high: String(high),
          })),
        }
      : {};
  if (!('k' in price)) return { ...draft, ...trimmed };
  const { k } = price;
  const drawn = 'fixed' in k ? { kMode: 'fixed' as const, kFixed: k.fixed } : { kMode: 'drawn' as const, kDrawn: k.drawn.join(' ') };
  return { ...draft, ...trimmed, ...drawn };
}
