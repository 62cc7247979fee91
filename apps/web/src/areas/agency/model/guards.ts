import type { Regime } from '@app/evaluation';
import type { Fault, Step } from './faults.js';
import type { RuleFault } from './rehearsal.js';

/** The words of one guard of the rules. The guard itself is the engine's: here stands only what its sentence means to people, and by which law. */
interface GuardWords {
  readonly code?: string;
  /** The field that its sentence begins with. */
  readonly about?: RegExp;
  /** The rest of the sentence; its groups are the values of the words. */
  readonly says?: RegExp;
  readonly step: Step;
  readonly key: string;
  readonly law?: Readonly<Partial<Record<Regime, string>>>;
}

const both = (law: string): Readonly<Record<Regime, string>> => ({ TENDER_LAW: law, GOV_PROCUREMENT: law });
const inProcurement = (law: string): Readonly<Partial<Record<Regime, string>>> => ({ GOV_PROCUREMENT: law });
const inTenders = (law: string): Readonly<Partial<Record<Regime, string>>> => ({ TENDER_LAW: law });
const COMPOSITION = { TENDER_LAW: 'tender37', GOV_PROCUREMENT: 'order87_47' };
const INSTANT = String.raw`(?<date>\S+)`;

const SCHEDULE: readonly GuardWords[] = [
  {
    about: /^schedule\.deadline$/,
    says: new RegExp(`^not before ${INSTANT}$`),
    step: 'schedule',
    key: 'deadlineEarly',
    law: { TENDER_LAW: 'tender24', GOV_PROCUREMENT: 'procurement35' },
  },
  {
    about: /^schedule\.documentsUntil$/,
    says: new RegExp(`^not before ${INSTANT}$`),
    step: 'schedule',
    key: 'documentsShort',
    law: { TENDER_LAW: 'regulation16', GOV_PROCUREMENT: 'procurementRegulation31' },
  },
  { about: /^schedule\.documentsUntil$/, says: /^after the deadline$/, step: 'schedule', key: 'documentsLate' },
  {
    about: /^schedule\.deadline$/,
    says: /may run to (?<needed>\S+), and the calendar of rest days ends with (?<ends>[\d-]+)/,
    step: 'schedule',
    key: 'calendarEnds',
  },
];

const METHOD: readonly GuardWords[] = [
  { about: /^rules\.method$/, step: 'method', key: 'method', law: inProcurement('procurementRegulation34') },
  { about: /^rules\.price$/, says: /is not lawful here$/, step: 'method', key: 'priceKind', law: inProcurement('order87_55') },
  {
    about: /^rules\.price\.weight$/,
    says: /^at least (?<least>\S+)$/,
    step: 'method',
    key: 'priceWeight',
    law: inProcurement('order87_55'),
  },
  { about: /^rules\.price\.floor$/, step: 'method', key: 'priceFloor' },
  { about: /^rules\.price\.trim/, step: 'method', key: 'priceTrim' },
  { code: 'E_SEPARATION_NOT_ALLOWED', step: 'method', key: 'separation', law: both('regulation55') },
  { about: /^rules\.award$/, says: /^at least (?<least>\d+) members$/, step: 'method', key: 'awardFew' },
  { about: /^rules\.award$/, step: 'method', key: 'awardEven' },
  { about: /^rules\.coreProduct$/, step: 'method', key: 'coreProduct', law: both('order87_31') },
  { about: /^rules\.candidates$/, says: /^more than three$/, step: 'method', key: 'candidatesMany', law: inTenders('regulation53') },
  { about: /^rules\.candidates$/, step: 'method', key: 'candidatesFew' },
  { about: /^rules\.ties$/, step: 'method', key: 'ties', law: inProcurement('order87_57') },
  {
    about: /^rules\.performanceSecurity/,
    says: /^more than (?<most>\S+)$/,
    step: 'method',
    key: 'security',
    law: { TENDER_LAW: 'regulation58', GOV_PROCUREMENT: 'procurementRegulation48' },
  },
  {
    about: /^rules\.bidSecurity\.amount$/,
    says: /^more than (?<most>\S+), (?<percent>\S+) % of (?<base>\S+) /,
    step: 'method',
    key: 'bidSecurity',
    law: { TENDER_LAW: 'regulation26', GOV_PROCUREMENT: 'procurementRegulation33' },
  },
  {
    about: /^rules\.bidSecurity\.amount$/,
    says: /^more than (?<most>\S+) for works/,
    step: 'method',
    key: 'bidSecurityWorks',
    law: both('works37'),
  },
  { about: /^rules\.ceiling$/, says: /^not positive$/, step: 'method', key: 'ceilingZero' },
  {
    about: /^rules\.ceiling$/,
    says: /^above the budget of (?<budget>\S+)$/,
    step: 'method',
    key: 'ceilingAboveBudget',
    law: inProcurement('order87_12'),
  },
  { about: /^rules\.facts\.budget$/, step: 'method', key: 'noBudget', law: inProcurement('procurementRegulation30') },
  {
    about: /^rules\.deductions\.\w+$/,
    says: /^(?<least>[\d.]+) to (?<most>[\d.]+) percent/,
    step: 'method',
    key: 'deductionRange',
    law: both('sme9'),
  },
  { about: /^rules\.deductions\.\w+$/, step: 'method', key: 'deductionNone', law: both('sme9') },
  { about: /^rules\.deductions$/, step: 'method', key: 'deductionAll' },
  { about: /^rules\.chair$/, step: 'method', key: 'chair', law: inProcurement('order87_47') },
  { about: /^rules\.memberTrim$/, says: /may not be dropped/, step: 'method', key: 'memberTrim', law: inProcurement('order87_55') },
  { about: /^rules\.memberTrim$/, step: 'method', key: 'memberTrimAll' },
  { code: 'E_COMMITTEE_SIZE', step: 'method', key: 'committeeSmall', law: COMPOSITION },
  { code: 'E_COMMITTEE_EVEN', step: 'method', key: 'committeeEven', law: COMPOSITION },
  { code: 'E_EXPERT_RATIO', step: 'method', key: 'expertRatio', law: COMPOSITION },
];

const ITEMS: readonly GuardWords[] = [
  { about: /^rules\.items$/, says: /used twice/, step: 'items', key: 'idTwice' },
  { about: /^rules\.items\.(?<item>.+)$/, says: /^range$/, step: 'items', key: 'itemRange' },
  { about: /^rules\.items\.(?<item>.+)$/, says: /decimals$/, step: 'items', key: 'itemDecimals' },
  { about: /^rules\.items\.(?<item>.+)$/, step: 'items', key: 'itemStep' },
  { about: /^rules\.blindFormat$/, says: /^no technical part/, step: 'items', key: 'blindNoTechnical' },
  { about: /^rules\.blindFormat$/, step: 'items', key: 'blindNothing' },
  { about: /^rules\.blindFormat\.margins$/, step: 'items', key: 'blindMargins' },
  { about: /^rules$/, says: /^the points add to (?<points>\S+), not to 100$/, step: 'items', key: 'points' },
];

const PLACES: readonly GuardWords[] = [
  { code: 'E_VENUE_NOT_APPROVED', says: /needs more sub-venues$/, step: 'parties', key: 'moreSubs' },
  { code: 'E_NO_ATTESTER', step: 'parties', key: 'noAttester' },
  { code: 'E_NO_JUDGING_WITNESS', step: 'parties', key: 'noJudgingWitness' },
  { about: /^witnessPolicy$/, step: 'parties', key: 'witnessPolicy' },
  { code: 'E_ROLE_EXCLUDED', says: /are one person/, step: 'parties', key: 'onePerson' },
  { code: 'E_ROLE_EXCLUDED', step: 'parties', key: 'roleExcluded', law: both('regulation46') },
  { code: 'E_UNREGISTERED', step: 'parties', key: 'unregistered' },
];

const OWNERS_OPEN = /alone could open boxes/;
const KEEPERS: readonly GuardWords[] = [
  { about: /^keepers\.\w+$/, says: /named twice$/, step: 'trustees', key: 'trusteeTwice' },
  { about: /^keepers\.\w+$/, says: /^(?<party>\S+) has no part in this lot$/, step: 'trustees', key: 'trusteeStranger' },
  { about: /^keepers\.\w+$/, says: /one lost key would lock/, step: 'trustees', key: 'oneLostKey' },
  { about: /^keepers\.\w+$/, says: OWNERS_OPEN, step: 'trustees', key: 'ownersOpen', law: both('ebidding27') },
  { about: /^keepers\.\w+$/, says: /alone could keep boxes shut/, step: 'trustees', key: 'ownersShut', law: both('ebidding27') },
  { about: /^keepers\.\w+$/, says: /nodes of the venues alone/, step: 'trustees', key: 'nodesOpen', law: both('ebidding27') },
  { code: 'E_KEY_MISSING', says: /^(?<party>\S+) has published no key/, step: 'trustees', key: 'keyMissing' },
];

const FORM: readonly GuardWords[] = [
  {
    about: /^rules\.openingForm\.columns$/,
    says: /^the price is missing$/,
    step: 'document',
    key: 'formPrice',
    law: { TENDER_LAW: 'tender36', GOV_PROCUREMENT: 'order87_41' },
  },
  { about: /^rules\.openingForm/, step: 'document', key: 'formTwice' },
];

/** In this order; the first that fits speaks. */
const GUARDS: readonly GuardWords[] = [...SCHEDULE, ...FORM, ...ITEMS, ...KEEPERS, ...PLACES, ...METHOD];

/** Which part of the form a field belongs to. */
const PLACES_OF: readonly (readonly [beginning: string, step: Step])[] = [
  ['rules.openingForm', 'document'],
  ['rules.items', 'items'],
  ['rules.review', 'items'],
  ['rules.blindFormat', 'items'],
  ['rules', 'method'],
  ['schedule', 'schedule'],
  ['keepers', 'trustees'],
  ['parties', 'parties'],
  ['venue', 'parties'],
];
const stepOf = (about: string): Step => PLACES_OF.find(([beginning]) => about.startsWith(beginning))?.[1] ?? 'lot';

/** Fields that take money: what is wrong with them is told by what money is. */
const MONEY: ReadonlySet<string> = new Set(['rules.ceiling', 'rules.facts.budget', 'rules.bidSecurity.amount']);

/** A refusal of the rules in words for people. A sentence that this version has no words for is shown as it is. */
export function explain(fault: RuleFault, regime: Regime): Fault {
  const { code, about, says, isForm, row } = fault;
  const field = about === '' ? null : about;
  if (isForm) {
    const key = MONEY.has(about) ? 'money' : 'form';
    return { step: stepOf(about), key, values: {}, field, row: row === null ? null : row + 1, law: null, lawfulFrom: null };
  }
  const fits = (pattern: RegExp | undefined, text: string): boolean => pattern?.test(text) ?? true;
  const guard = GUARDS.find((one) => (one.code ?? code) === code && fits(one.about, about) && fits(one.says, says));
  if (guard === undefined)
    return { step: stepOf(about), key: 'other', values: { code, says }, field, row: null, law: null, lawfulFrom: null };
  const values = { ...guard.about?.exec(about)?.groups, ...guard.says?.exec(says)?.groups };
  const { date, ...others } = values;
  return {
    step: guard.step,
    key: guard.key,
    values: others,
    field,
    row: null,
    law: guard.law?.[regime] ?? null,
    lawfulFrom: date ?? null,
  };
}
