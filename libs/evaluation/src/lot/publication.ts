import { CALENDAR_YEARS_MAX, type CalendarYear, canonicalText, type JsonValue, zCalendarYear } from '@app/contracts';
import { z } from 'zod';
import { addMs, dateInChina, following } from '../law/calendar.js';
import { calendarNeededTo } from '../law/course.js';
import { latestInstantBefore, noticeEnd, wholeEnd } from '../law/limit.js';
import type { LotState } from '../kernel/state.js';
import type { RuleSet } from '../law/rule-set.js';
import { resolveRuleSet, withYears } from '../law/rule-sets.js';
import { attestersFault } from './attesters.js';
import { profileFor } from './crypto.js';
import { keepersFault } from './keeper-plans.js';
import { fault, type PublicationFault, rulesFaults } from './rules-fault.js';
import { limitOf, ruleSetOf } from './selectors.js';

/** Fact `calendar` of `lot.publish`: rest days of later years as the installation has entered them. Absent where it has none. */
const zCalendarFact = z.object({ calendar: z.array(zCalendarYear).max(CALENDAR_YEARS_MAX) });

export interface FrozenLaw {
  readonly ruleSet: RuleSet;
  readonly hash: string;
  /** Years of rest days that it took beyond its own. */
  readonly years: readonly CalendarYear[];
}

/** The law for a lot published at this instant, and the hash it is frozen by. Null when that place has none. */
export function frozenRuleSet(state: LotState, at: string, facts: unknown): FrozenLaw | null {
  const law = resolveRuleSet(state.setup.regime, state.setup.jurisdiction, dateInChina(at));
  if (law === null) return null;
  const years = following(law.calendar, zCalendarFact.safeParse(facts).data?.calendar ?? []);
  const ruleSet = withYears(law, years);
  const content = JSON.parse(JSON.stringify(ruleSet)) as JsonValue;
  return { ruleSet, hash: profileFor(state).hashHex(canonicalText(content)), years };
}

/** The first thing wrong with a draft under these rules at this instant, or null: it may be published. */
export const publicationFault = (state: LotState, ruleSet: RuleSet, at: string): PublicationFault | null =>
  publicationFaults(state, ruleSet, at)[0] ?? null;

/** What is wrong with it, the first thing of each kind: what whoever writes the draft is told at once. */
export function publicationFaults(state: LotState, ruleSet: RuleSet, at: string): readonly PublicationFault[] {
  const { rules, schedule } = state.setup;
  if (rules === null || schedule === null) return [fault('WRONG_STATE', 'the lot has no tender rules')];
  return [
    scheduleFault(ruleSet, schedule, at),
    ...rulesFaults(state, rules, ruleSet),
    venuesFault(state),
    attestersFault(state, rules),
    keepersFault(state),
  ].flatMap((found) => found ?? []);
}

interface Times {
  readonly documentsFrom: string;
  readonly documentsUntil: string;
  readonly deadline: string;
}

function scheduleFault(ruleSet: RuleSet, { documentsFrom, documentsUntil, deadline }: Times, at: string): PublicationFault | null {
  const { limits, calendar } = ruleSet;
  // 招标投标法 24, 政府采购法 35: at least 20 days from the issue of the document to the deadline (B-004).
  const from = documentsFrom < at ? at : documentsFrom;
  const earliest = noticeEnd(from, limits.submission, calendar);
  if (deadline < earliest) return fault('E_INPUT', `schedule.deadline: not before ${earliest}`);
  // 条例 16; procurement: five working days (B-009). The last one ends at 24:00.
  const available = wholeEnd(from, limits.documentAvailability, calendar);
  if (documentsUntil < available) return fault('E_INPUT', `schedule.documentsUntil: not before ${available}`);
  if (documentsUntil > deadline) return fault('E_INPUT', 'schedule.documentsUntil: after the deadline');
  return calendarFault(ruleSet, deadline);
}

/** Days beyond the calendar would be counted as if no festival fell on them. */
export function calendarFault(ruleSet: RuleSet, deadline: string): PublicationFault | null {
  const needed = calendarNeededTo(deadline, ruleSet);
  const { to } = ruleSet.calendar;
  if (needed === null || needed <= to) return null;
  return fault(
    'E_INPUT',
    `schedule.deadline: limits of this lot may run to ${needed}, and the calendar of rest days ends with ${to}; set an earlier deadline, or have the next year's entered in the registry of this installation`,
  );
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

/** First deadline that an amendment of this instant allows where it affects bids (条例 21, B-012). */
export const amendedDeadline = (ruleSet: RuleSet, at: string): string =>
  noticeEnd(at, ruleSet.limits.amendmentBeforeDeadline, ruleSet.calendar);
/** Last instant for an amendment that affects bids, without moving the deadline (条例 21, B-012). */
export const lastAmendment = (ruleSet: RuleSet, deadline: string): string =>
  latestInstantBefore(deadline, ruleSet.limits.amendmentBeforeDeadline);
/**
 * Until when the document of a published lot can be objected to: 异议 by 条例 22 (B-011). In procurement (质疑, 政府采购法 52, 94号令 11) the days
 * run from whoever's receipt of it, so from the last day on which it can be had nobody is late; never beyond the deadline for bids.
 */
export function documentObjectionEnd(state: LotState): string {
  const { deadline = '', documentsUntil = '' } = state.setup.schedule ?? {};
  const byLaw = lastDocumentObjection(ruleSetOf(state), deadline) ?? limitOf(state, 'challenge', documentsUntil);
  // Nobody loses time for objecting to a suspension, in which none is taken.
  const end = byLaw === null ? deadline : addMs(byLaw, state.setup.suspendedMs);
  return end > deadline ? deadline : end;
}
/** Last instant for an objection to the tender document (条例 22, B-011); null where the regime has another remedy. */
export const lastDocumentObjection = (ruleSet: RuleSet, deadline: string): string | null =>
  ruleSet.limits.documentObjectionBeforeDeadline === null
    ? null
    : latestInstantBefore(deadline, ruleSet.limits.documentObjectionBeforeDeadline);
