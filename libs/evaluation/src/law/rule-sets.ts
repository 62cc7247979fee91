import type { Limit } from './limit.js';
import type { CalendarYear } from '@app/contracts';
import { extended } from './calendar.js';
import { CHINA_CALENDAR } from './china-calendar.js';
import { GOV_PROCUREMENT_GROUNDS, TENDER_LAW_GROUNDS } from './grounds.js';
import type { Limits, Preference, Regime, RuleSet, Thresholds } from './rule-set.js';
import { lawfulKinds } from '../scoring/methods/index.js';

const limit =
  (unit: Limit['unit']) =>
  (value: number): Limit => ({ value, unit });
const days = limit('calendar-day');
const workingDays = limit('working-day');
const minutes = limit('minute');
const seconds = limit('second');

/** What sessions default to under either regime; no national text, so a setting (domain.md §13). */
const SESSION = {
  decryption: minutes(60),
  openingConfirmation: minutes(15),
  memberArrival: minutes(60),
  reportSigning: minutes(60),
  priceAnswer: minutes(30),
  motionVote: minutes(60),
} as const;

const TENDER_LIMITS: Limits = {
  ...SESSION,
  submission: days(20),
  documentAvailability: days(5),
  amendmentBeforeDeadline: days(15),
  documentObjectionBeforeDeadline: days(10),
  objectionReply: days(3),
  resultNotice: null,
  challenge: null,
  reportToPublicity: days(3),
  publicity: days(3),
  awardMeeting: workingDays(10),
  awardBallot: workingDays(1),
  reportToPurchaser: null,
  winnerDecision: null,
  resultAnnouncement: null,
  securityReturn: days(5),
  contract: days(30),
};

const GOV_LIMITS: Limits = {
  ...SESSION,
  submission: days(20),
  documentAvailability: workingDays(5),
  amendmentBeforeDeadline: days(15),
  documentObjectionBeforeDeadline: null,
  objectionReply: workingDays(7),
  resultNotice: workingDays(1),
  challenge: workingDays(7),
  reportToPublicity: null,
  publicity: null,
  awardMeeting: null,
  awardBallot: null,
  reportToPurchaser: workingDays(2),
  winnerDecision: workingDays(5),
  resultAnnouncement: workingDays(2),
  securityReturn: workingDays(5),
  contract: days(30),
};

/** The same rules on a clock in seconds: a scripted lot plays in about a minute. Marked on the lot for everybody. */
const DEMO_SECONDS: Record<keyof Limits, number> = {
  submission: 5,
  documentAvailability: 3,
  amendmentBeforeDeadline: 3,
  documentObjectionBeforeDeadline: 3,
  objectionReply: 30,
  resultNotice: 2,
  challenge: 30,
  decryption: 30,
  openingConfirmation: 2,
  memberArrival: 60,
  reportSigning: 20,
  priceAnswer: 60,
  motionVote: 60,
  reportToPublicity: 60,
  publicity: 2,
  awardMeeting: 600,
  awardBallot: 120,
  reportToPurchaser: 60,
  winnerDecision: 300,
  resultAnnouncement: 60,
  securityReturn: 60,
  contract: 120,
};

/** A limit that the regime does not have stays absent in the demonstration. */
function inSeconds(limits: Limits): Limits {
  const names = Object.keys(limits) as (keyof Limits)[];
  return Object.fromEntries(names.map((name) => [name, limits[name] === null ? null : seconds(DEMO_SECONDS[name])])) as Record<
    keyof Limits,
    Limit
  >;
}

const COMMON_THRESHOLDS = {
  bidsMin: 3,
  committeeMin: 5,
  expertShare: { num: 2, den: 3 },
  moreTimeShare: { num: 1, den: 3 },
  performanceSecurityPercentMax: '10',
  bidSecurityPercentMax: '2',
  outlierPercent: '30',
  awardCommitteeMin: 5,
  awardQuorum: { num: 2, den: 3 },
  awardTieRoundsMax: 3,
} as const;

const TENDER_THRESHOLDS: Thresholds = {
  ...COMMON_THRESHOLDS,
  committeeLarge: null,
  committeeWaterWorks: 7,
  worksSecurityMax: '800000',
  candidatesMax: 3,
  priceWeightMin: null,
  lowPrice: null,
};

const GOV_THRESHOLDS: Thresholds = {
  ...COMMON_THRESHOLDS,
  committeeLarge: { budget: '10000000', members: 7 },
  committeeWaterWorks: null,
  worksSecurityMax: null,
  candidatesMax: 3,
  priceWeightMin: { goods: '30', services: '10' },
  lowPrice: { ofMean: '50', ofSecondLowest: '50', ofCeiling: '45' },
};

const NO_PREFERENCES = { smallMicro: null, smallPartner: null, domestic: null } as const;
const between = (min: string, max: string, isOwed: boolean): Preference => ({ min, max, isOwed });

/** 财库〔2020〕46号 9 for works; a tender-law lot is bound by it only where it is paid from public money, so the document says. */
const worksPreferences = (isOwed: boolean): RuleSet['preferences']['works'] => ({
  smallMicro: between('3', '5', isOwed),
  smallPartner: between('1', '2', false),
  domestic: null,
});
const TENDER_PREFERENCES: RuleSet['preferences'] = { works: worksPreferences(false), goods: NO_PREFERENCES, services: NO_PREFERENCES };
const govPreferences = (smallMicro: Preference, smallPartner: Preference): RuleSet['preferences'] => ({
  works: worksPreferences(true),
  goods: { smallMicro, smallPartner, domestic: null },
  services: { smallMicro, smallPartner, domestic: null },
});
const GOV_PREFERENCES_2022 = govPreferences(between('10', '20', true), between('4', '6', false));
/** 国办发〔2025〕34号: 20 % for goods, and for goods inside services where there are any. */
const GOV_PREFERENCES_2026: RuleSet['preferences'] = {
  ...GOV_PREFERENCES_2022,
  goods: { ...GOV_PREFERENCES_2022.goods, domestic: between('20', '20', true) },
  services: { ...GOV_PREFERENCES_2022.services, domestic: between('20', '20', false) },
};

const TENDER: Omit<RuleSet, 'id' | 'jurisdiction' | 'separationAllowed' | 'limits'> = {
  regime: 'TENDER_LAW',
  effectiveFrom: '2019-03-02',
  calendar: CHINA_CALENDAR,
  thresholds: TENDER_THRESHOLDS,
  grounds: TENDER_LAW_GROUNDS,
  qualificationBy: 'committee',
  fewBids: 'committee-choice',
  methods: ['comprehensive', 'reviewed-lowest'],
  priceRules: lawfulKinds('TENDER_LAW'),
  representativeMayChair: true,
  candidatePublicity: true,
  memberTrimAllowed: true,
  // 12号令 leaves ties to the document.
  ties: [],
  preferences: TENDER_PREFERENCES,
};

const GOV: Omit<RuleSet, 'id' | 'jurisdiction' | 'limits'> = {
  regime: 'GOV_PROCUREMENT',
  effectiveFrom: '2017-10-01',
  calendar: CHINA_CALENDAR,
  thresholds: { ...GOV_THRESHOLDS, lowPrice: null },
  grounds: GOV_PROCUREMENT_GROUNDS,
  qualificationBy: 'purchaser',
  fewBids: 'fail',
  methods: ['scored', 'lowest-evaluated'],
  priceRules: lawfulKinds('GOV_PROCUREMENT'),
  representativeMayChair: false,
  candidatePublicity: false,
  separationAllowed: false,
  // 87号令 55: no dropping of the highest or lowest; a document that allows it for members' scores says so under local rules.
  memberTrimAllowed: false,
  // 87号令 57.
  ties: ['price'],
  preferences: govPreferences(between('6', '10', true), between('2', '3', false)),
};
/** 财库〔2026〕2号: abnormally low prices, in documents published from this day on. */
const GOV_2026: typeof GOV = {
  ...GOV,
  effectiveFrom: '2026-02-01',
  preferences: GOV_PREFERENCES_2026,
  thresholds: GOV_THRESHOLDS,
};
/** National procurement law by version. */
const GOV_VERSIONS: Readonly<Record<string, typeof GOV>> = {
  '2017': GOV,
  // 财库〔2022〕19号: 10 to 20 % for small and micro enterprises.
  '2022': { ...GOV, effectiveFrom: '2022-07-01', preferences: GOV_PREFERENCES_2022 },
  // 国办发〔2025〕34号: domestic products.
  '2026-01': { ...GOV, effectiveFrom: '2026-01-01', preferences: GOV_PREFERENCES_2026 },
  '2026': GOV_2026,
};
const govIn = (jurisdiction: string, prefix: string): RuleSet[] =>
  Object.entries(GOV_VERSIONS).map(([version, rules]) => ({ ...rules, id: `${prefix}-${version}`, jurisdiction, limits: GOV_LIMITS }));

/** Versions by regime, jurisdiction and date. `CN` is national law; `CN-33` Zhejiang, where 评定分离 is piloted; `demo` runs in seconds. */
export const RULE_SETS: readonly RuleSet[] = [
  // 条例 55: rank 1 wins where the project is state-controlled and mandatory, so national law knows no separation.
  { ...TENDER, id: 'cn-tender-2019', jurisdiction: 'CN', separationAllowed: false, limits: TENDER_LIMITS },
  { ...TENDER, id: 'cn-33-tender-2019', jurisdiction: 'CN-33', separationAllowed: true, limits: TENDER_LIMITS },
  ...govIn('CN', 'cn-gov'),
  // Zhejiang procures under national law: no number of its own is known.
  ...govIn('CN-33', 'cn-33-gov'),
  { ...TENDER, id: 'demo-tender', jurisdiction: 'demo', separationAllowed: true, limits: inSeconds(TENDER_LIMITS) },
  { ...GOV_2026, id: 'demo-gov', jurisdiction: 'demo', limits: inSeconds(GOV_LIMITS) },
];

/** Does a lot in this jurisdiction bind nobody? Tests and demonstrations, whose limits count in seconds. */
export const isTestJurisdiction = (jurisdiction: string): boolean => jurisdiction === 'demo';

/**
 * The version in force for a tender document published on `date` (`YYYY-MM-DD`, China). Null when that place had none: the lot
 * can not be published then; nothing falls back to another place's law.
 */
export function resolveRuleSet(regime: Regime, jurisdiction: string, date: string): RuleSet | null {
  const versions = RULE_SETS.filter(
    (rules) => rules.regime === regime && rules.jurisdiction === jurisdiction && rules.effectiveFrom <= date,
  ).sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return versions[0] ?? null;
}

/** The same law with the rest days of years that follow its calendar. */
export const withYears = (ruleSet: RuleSet, years: readonly CalendarYear[]): RuleSet =>
  years.length === 0 ? ruleSet : { ...ruleSet, calendar: extended(ruleSet.calendar, years) };
