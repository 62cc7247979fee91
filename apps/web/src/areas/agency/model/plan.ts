import { canonicalText, type FoundingPerson, type FoundingVenue, type JsonObject, type JsonValue } from '@app/contracts';
import { isObject, type OpeningForm, type SetupState, type TenderRules } from '@app/evaluation';
import { instantOf } from '../../../utils/time.js';
import { formatOf } from './blind.js';
import { founderOf, type LotDraft, nodeOf, type PriceDraft, witnessOf } from './draft.js';
import { AWARD_FORMS, PRICE_FORMS, type PriceKind } from './method-forms.js';

/** What `lot.create` says of a draft: facts that `lot.revise` may change until the publication, and parties that it may not. */
export interface Plan {
  /** The party that founds the lot. */
  readonly founder: string;
  readonly facts: JsonObject;
  readonly parties: readonly JsonObject[];
  /** Secret `bindings`: who stands behind each party. */
  readonly bindings: readonly JsonObject[];
}

/** Texts that are no number go as they are: the schema of the rules refuses them by the name of their field. */
const whole = (text: string): JsonValue => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : text.trim());
const orZero = (text: string): string => (text.trim() === '' ? '0' : text.trim());

/** `venues`: those of the installation, with the keys that are registered now. */
export function planOf(draft: LotDraft, founder: FoundingPerson, venues: readonly FoundingVenue[], witnessPolicy: string): Plan {
  const main = venues.find(({ role }) => role === 'main');
  const seats = venues.filter(({ venue, role }) => role === 'main' || draft.venues.includes(venue));
  const nodes = seats.map(({ venue }) => nodeOf(venue));
  const supervision = seats.find(({ role }) => role === 'supervision')?.venue ?? null;
  const people = [
    { party: founderOf(draft), roles: draft.isSelfRun ? ['agency', 'tenderer'] : ['agency'], venue: main?.venue ?? null, who: founder },
    ...(draft.isSelfRun ? [] : [{ party: 'tenderer', roles: ['tenderer'], venue: null, who: draft.tenderer }]),
    { party: 'supervisor', roles: ['supervisor'], venue: supervision, who: draft.supervisor },
    ...seats.map(({ venue }) => ({ party: witnessOf(venue), roles: ['witness'], venue, who: draft.witnesses[venue] ?? null })),
  ].flatMap(({ who, ...named }) => (who === null ? [] : [{ ...named, who }]));
  return {
    founder: founderOf(draft),
    facts: {
      code: draft.code.trim(),
      name: draft.name.trim(),
      regime: draft.regime,
      jurisdiction: draft.jurisdiction,
      projectType: draft.projectType,
      profile: 'gp-std-1',
      rules: rulesOf(draft),
      schedule: {
        documentsFrom: instantOf(draft.documentsFrom),
        documentsUntil: instantOf(draft.documentsUntil),
        deadline: instantOf(draft.deadline),
      },
      venues: seats.map(({ venue, role, city }) => ({ venue, role, city })),
      venuePreset: draft.venuePreset,
      tendererCity: draft.tendererCity.trim(),
      keepers: {
        bids: { threshold: whole(draft.threshold), parties: [...draft.trustees] },
        sheets: { threshold: draft.sheetsThreshold === '' ? Math.max(2, nodes.length - 1) : whole(draft.sheetsThreshold), parties: nodes },
        drill: draft.drill,
      },
      witnessPolicy,
      previousRound: null,
    },
    parties: [
      ...people.map(({ party, roles, venue }) => ({ party, roles, venue, seat: null })),
      ...seats.map(({ venue }) => ({ party: nodeOf(venue), roles: ['node'], venue, seat: null })),
    ],
    bindings: [
      ...people.map(({ party, who: { person, organisation, certificate } }) => ({
        party,
        person,
        organisation,
        certificate,
        nodeKey: null,
      })),
      ...seats.map(({ venue, nodeKey }) => ({ party: nodeOf(venue), person: null, organisation: null, certificate: null, nodeKey })),
    ],
  };
}

function rulesOf(draft: LotDraft): JsonObject {
  const isGov = draft.regime === 'GOV_PROCUREMENT';
  const isPreferring = [draft.smallMicro, draft.smallPartner, draft.domestic].some((rate) => orZero(rate) !== '0');
  const partner = draft.smallPartner.trim();
  return {
    facts: {
      budget: draft.budget.trim() === '' ? null : draft.budget.trim(),
      isComplex: draft.isComplex,
      hasSocialImpact: draft.hasSocialImpact,
      isReserved: draft.isReserved,
    },
    method: methodOf(draft.price.kind, isGov),
    ceiling: draft.ceiling.trim(),
    price: priceOf(draft.price),
    deductions: isPreferring
      ? { smallMicro: orZero(draft.smallMicro), ...(partner === '' ? {} : { smallPartner: partner }), domestic: orZero(draft.domestic) }
      : null,
    review: draft.review.map((row) => ({ ...row, title: row.title.trim() })),
    // 最低评标价法 scores nothing.
    items: !PRICE_FORMS[draft.price.kind].isScored ? [] : draft.items.map((row) => ({ ...row, title: row.title.trim() })),
    twoEnvelope: draft.twoEnvelope,
    memberTrim: { low: whole(draft.trimLow), high: whole(draft.trimHigh) },
    candidates: whole(draft.candidates),
    ties: [...draft.ties],
    committee: { members: whole(draft.members), representatives: whole(draft.representatives) },
    ...(draft.isChairDesignated ? { chair: 'designated' } : {}),
    award: { kind: draft.award, ...(AWARD_FORMS[draft.award].hasMembers && { members: whole(draft.awardMembers) }) },
    ...(isGov ? {} : { stateMandated: draft.stateMandated }),
    ...formatOf(draft.blind),
    ...(draft.coreProduct.trim() === '' ? {} : { coreProduct: draft.coreProduct.trim() }),
    ...(draft.securityPercent.trim() === ''
      ? {}
      : { performanceSecurity: { percent: draft.securityPercent.trim(), days: whole(draft.securityDays) } }),
    ...(draft.bidSecurity.trim() === '' ? {} : { bidSecurity: { amount: draft.bidSecurity.trim(), forms: [...draft.bidSecurityForms] } }),
    ...(draft.openingForm === null ? {} : { openingForm: trimmed(draft.openingForm) }),
  };
}

const trimmed = ({ title, note, columns }: OpeningForm): JsonObject => ({
  title: title.trim(),
  note: note.trim(),
  columns: columns.map((column) => ({ ...column, title: column.title.trim() })),
});

export function methodOf(kind: PriceKind, isGov: boolean): TenderRules['method'] {
  if (!PRICE_FORMS[kind].isScored) return isGov ? 'lowest-evaluated' : 'reviewed-lowest';
  return isGov ? 'scored' : 'comprehensive';
}

/** Whole numbers among the fields of the methods. */
const WHOLE = ['drawn', 'low', 'high'];

function priceOf(price: PriceDraft): JsonObject {
  const { kind } = price;
  const { hasWeight, hasDeviation, hasTrim, hasK, more } = PRICE_FORMS[kind];
  return {
    kind,
    ...(hasWeight ? { weight: price.weight.trim() } : {}),
    ...(hasDeviation
      ? {
          full: price.full.trim(),
          floor: price.floor.trim(),
          e1: price.e1.trim(),
          e2: price.e2.trim(),
          betaDecimals: price.betaDecimals.trim() === '' ? null : whole(price.betaDecimals),
        }
      : {}),
    ...(hasTrim
      ? {
          trim: price.trim.map(({ below, low, high }) => ({
            below: below.trim() === '' ? null : whole(below),
            low: whole(low),
            high: whole(high),
          })),
        }
      : {}),
    ...(hasK
      ? {
          k:
            price.kMode === 'fixed'
              ? { fixed: price.kFixed.trim() }
              : { drawn: price.kDrawn.split(/[\s,，、]+/).filter((value) => value !== '') },
        }
      : {}),
    ...Object.fromEntries(
      more.map((name) => [name, WHOLE.includes(name) ? whole(price.more[name] ?? '') : (price.more[name] ?? '').trim()]),
    ),
  };
}

/** What an engine that came before may not know: its fields stay out of the plan that this engine gets. */
const LATER_KEEPERS = ['drill'];
const LATER_RULES = ['openingForm', 'bidSecurity', 'blindFormat'];

/** The plan as an engine takes it, by the names that its form has. */
export function planFor({ facts, ...plan }: Plan, isKnown: (name: string) => boolean): Plan {
  const known = (value: JsonValue | undefined, later: readonly string[]): JsonObject =>
    isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !later.includes(name) || isKnown(name))) : {};
  return { ...plan, facts: { ...facts, keepers: known(facts['keepers'], LATER_KEEPERS), rules: known(facts['rules'], LATER_RULES) } };
}

/** Whether what a founded lot has on the record is what the draft says: else the changes wait to be handed in (`lot.revise`). */
export function isRegistered({ facts }: Plan, setup: SetupState): boolean {
  if (setup.schedule === null) return false;
  const { documentsFrom, documentsUntil, deadline } = setup.schedule;
  const registered = { ...setup, schedule: { documentsFrom, documentsUntil, deadline } };
  const named = Object.keys(facts).map((name) => [name, registered[name as keyof SetupState]]);
  return canonicalText(JSON.parse(JSON.stringify(Object.fromEntries(named))) as JsonObject) === canonicalText(facts);
}
