import { canonicalText, type ErrorCode, type JsonValue } from '@app/contracts';
import { compositionFault } from '../law/composition.js';
import { dateInChina } from '../law/calendar.js';
import { decimal, sum } from '../kernel/decimal.js';
import { latestInstantBefore, noticeEnd } from '../law/limit.js';
import { hasRole, type LotState } from '../kernel/state.js';
import type { RuleSet } from '../law/rule-set.js';
import { resolveRuleSet } from '../law/rule-sets.js';
import { profileFor } from './crypto.js';
import type { TenderRules } from './tender-rules.js';
import type { KeeperPlan } from './state.js';
import { awardMethodOf } from '../award/methods/index.js';
import { priceMethodOf } from '../scoring/methods/index.js';

/** Something that keeps a lot from being published. */
export interface PublicationFault {
  readonly code: ErrorCode;
  readonly message: string;
}
const fault = (code: ErrorCode, message: string): PublicationFault => ({ code, message });

/** The law for a lot published at this instant, and the hash it is frozen by. Null when that place has none. */
export function frozenRuleSet(state: LotState, at: string): { ruleSet: RuleSet; hash: string } | null {
  const ruleSet = resolveRuleSet(state.setup.regime, state.setup.jurisdiction, dateInChina(at));
  if (ruleSet === null) return null;
  const content = JSON.parse(JSON.stringify(ruleSet)) as JsonValue;
  return { ruleSet, hash: profileFor(state).hashHex(canonicalText(content)) };
}

/** The first thing wrong with a draft under these rules at this instant, or null: it may be published. */
export function publicationFault(state: LotState, ruleSet: RuleSet, at: string): PublicationFault | null {
  const { rules, schedule } = state.setup;
  if (rules === null || schedule === null) return fault('WRONG_STATE', 'the lot has no tender rules');
  return (
    scheduleFault(ruleSet, schedule, at) ??
    methodFault(rules, ruleSet, state.setup.projectType) ??
    awardFault(rules, ruleSet) ??
    itemsFault(rules) ??
    committeeFault(state, rules, ruleSet) ??
    venuesFault(state) ??
    keepersFault(state)
  );
}

interface Times {
  readonly documentsFrom: string;
  readonly documentsUntil: string;
  readonly deadline: string;
}

function scheduleFault(
  { limits, calendar }: RuleSet,
  { documentsFrom, documentsUntil, deadline }: Times,
  at: string,
): PublicationFault | null {
  // 招标投标法 24, 政府采购法 35: at least 20 days from the issue of the document to the deadline (B-004).
  const from = documentsFrom < at ? at : documentsFrom;
  const earliest = noticeEnd(from, limits.submission, calendar);
  if (deadline < earliest) return fault('E_INPUT', `schedule.deadline: not before ${earliest}`);
  // 条例 16; procurement: five working days (B-009).
  const available = noticeEnd(from, limits.documentAvailability, calendar);
  if (documentsUntil < available) return fault('E_INPUT', `schedule.documentsUntil: not before ${available}`);
  if (documentsUntil > deadline) return fault('E_INPUT', 'schedule.documentsUntil: after the deadline');
  return null;
}

function methodFault(rules: TenderRules, ruleSet: RuleSet, projectType: string): PublicationFault | null {
  // B-025: the method fits the regime (政府采购法条例 34; 87号令 53, 55).
  if (!ruleSet.methods.includes(rules.method)) return fault('E_INPUT', `rules.method: ${rules.method} is not lawful here`);
  if (!ruleSet.priceRules.includes(rules.price.kind)) return fault('E_INPUT', `rules.price: ${rules.price.kind} is not lawful here`);
  if (awardMethodOf(rules.award).tally !== undefined && !ruleSet.separationAllowed) {
    return fault('E_SEPARATION_NOT_ALLOWED', 'national law knows no separation of evaluation and award here');
  }
  if ((rules.memberTrim.low > 0 || rules.memberTrim.high > 0) && !ruleSet.memberTrimAllowed) {
    return fault('E_INPUT', 'rules.memberTrim: scores may not be dropped here');
  }
  if (rules.candidates > ruleSet.thresholds.candidatesMax) return fault('E_INPUT', 'rules.candidates: more than three');
  const floor = ruleSet.thresholds.priceWeightMin?.[projectType === 'services' ? 'services' : 'goods'];
  if (floor !== undefined && pricePoints(rules).lt(floor)) return fault('E_INPUT', `rules.price.weight: at least ${floor}`);
  return null;
}

function awardFault({ award, candidates, performanceSecurity }: TenderRules, { thresholds }: RuleSet): PublicationFault | null {
  // 条例 58: at most ten percent of the contract's price.
  if (performanceSecurity !== undefined && decimal(performanceSecurity.percent).gt(thresholds.performanceSecurityPercentMax))
    return fault('E_INPUT', `rules.performanceSecurity.percent: more than ${thresholds.performanceSecurityPercentMax}`);
  const method = awardMethodOf(award);
  if (method.tally === undefined) return null;
  // domain.md §8.2: a committee that could never be formed, a vote that has nothing to choose.
  const members = method.committeeSize(award);
  if (members < thresholds.awardCommitteeMin)
    return fault('E_COMMITTEE_SIZE', `rules.award: at least ${thresholds.awardCommitteeMin} members`);
  if (members % 2 === 0) return fault('E_COMMITTEE_EVEN', 'rules.award: an award committee has an odd number of members');
  return candidates < 2 ? fault('E_INPUT', 'rules.candidates: a vote needs two candidates at least') : null;
}

const pricePoints = ({ price }: TenderRules): ReturnType<typeof decimal> => decimal(priceMethodOf(price).fullMarks(price));

function itemsFault(rules: TenderRules): PublicationFault | null {
  // no number twice.
  const ids = [...rules.review, ...rules.items].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return fault('E_INPUT', 'rules.items: an id is used twice');
  for (const { id, min, max, step } of rules.items) {
    if (decimal(step).lte(0) || decimal(min).lt(0) || decimal(max).lte(min)) return fault('E_INPUT', `rules.items.${id}: range`);
    if (!decimal(max).minus(min).mod(step).isZero()) return fault('E_INPUT', `rules.items.${id}: the range is no multiple of the step`);
  }
  const points = sum(rules.items.map(({ max }) => decimal(max))).plus(pricePoints(rules));
  if (!points.eq(100)) return fault('E_INPUT', `rules: the points add to ${points.toFixed()}, not to 100`);
  if (decimal(rules.ceiling).lte(0)) return fault('E_INPUT', 'rules.ceiling: not positive');
  return null;
}

function committeeFault(state: LotState, { committee, ceiling }: TenderRules, ruleSet: RuleSet): PublicationFault | null {
  // 招标投标法 37, 87号令 47: odd, at least five (seven), at least two thirds experts (B-020, B-021, B-022).
  const code = compositionFault(ruleSet, { ...committee, budget: ceiling, waterWorks: state.setup.projectType === 'water-works' });
  return code === null ? null : fault(code, `a committee of ${committee.members} with ${committee.representatives} representatives`);
}

function venuesFault(state: LotState): PublicationFault | null {
  const { venues, venuePreset } = state.setup;
  const ids = venues.map(({ venue }) => venue);
  if (new Set(ids).size !== ids.length) return fault('E_INPUT', 'venues: one is named twice');
  if (venues.filter(({ role }) => role === 'main').length !== 1) return fault('E_INPUT', 'venues: exactly one is the main venue');
  const subs = venues.filter(({ role }) => role === 'sub').length;
  // domain.md §3.9: presets A and B need sub-venues whoever is drawn; the rest is checked when the draw is asked for.
  if (subs < { A: 1, B: 2, C: 0, D: 0 }[venuePreset]) return fault('E_VENUE_NOT_APPROVED', `preset ${venuePreset} needs more sub-venues`);
  const stranger = Object.entries(state.parties).find(([, { venue }]) => venue !== null && !ids.includes(venue));
  return stranger === undefined ? null : fault('E_VENUE_NOT_APPROVED', `${stranger[0]} sits at ${String(stranger[1].venue)}`);
}

function keepersFault(state: LotState): PublicationFault | null {
  for (const [name, plan] of Object.entries(state.setup.keepers)) {
    const message = keeperPlanFault(state, plan);
    if (message !== null) return fault('E_INPUT', `keepers.${name}: ${message}`);
  }
  // Bidders seal to these keys from the first day.
  const published = state.keepers.published['bids'] ?? {};
  const missing = state.setup.keepers.bids.parties.find((party) => !Object.hasOwn(published, party));
  return missing === undefined ? null : fault('E_KEY_MISSING', `${missing} has published no key for bids`);
}

/** No one interest may open a box alone, and one lost keeper may not lock it for ever: owner's side < t ≤ n − 1. */
function keeperPlanFault(state: LotState, { threshold, parties }: KeeperPlan): string | null {
  if (new Set(parties).size !== parties.length) return 'a keeper is named twice';
  const stranger = parties.find((party) => !Object.hasOwn(state.parties, party));
  if (stranger !== undefined) return `${stranger} has no part in this lot`;
  if (threshold > parties.length - 1) return 'one lost key would lock every box';
  const owners = parties.filter((party) => hasRole(state, party, 'tenderer') || hasRole(state, party, 'agency')).length;
  return owners >= threshold ? 'the tenderer and its agency alone could open boxes' : null;
}

/** Last instant for an amendment that affects bids, without moving the deadline (条例 21, B-012). */
export const lastAmendment = (ruleSet: RuleSet, deadline: string): string =>
  latestInstantBefore(deadline, ruleSet.limits.amendmentBeforeDeadline);
/** Last instant for an objection to the tender document (条例 22, B-011); null where the regime has another remedy. */
export const lastDocumentObjection = (ruleSet: RuleSet, deadline: string): string | null =>
  ruleSet.limits.documentObjectionBeforeDeadline === null
    ? null
    : latestInstantBefore(deadline, ruleSet.limits.documentObjectionBeforeDeadline);
