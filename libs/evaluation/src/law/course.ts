import { COURSE } from '../kernel/status.js';
import { dateInChina } from './calendar.js';
import { countsDays, limitEnd } from './limit.js';
import type { Limits, Regime, RuleSet } from './rule-set.js';

type OnCourse = (typeof COURSE)[number];
/** 候选人公示 is the tender law's (条例 54), 采购人资格审查 the procurement law's (87号令 44). */
const LEFT_OUT: Readonly<Record<Regime, OnCourse>> = { TENDER_LAW: 'QUALIFICATION_BY_PURCHASER', GOV_PROCUREMENT: 'CANDIDATE_PUBLICITY' };

/** The ordinary course of a lot under this law. */
export const courseOf = (regime: Regime): readonly OnCourse[] => COURSE.filter((status) => status !== LEFT_OUT[regime]);

/** Limits between the deadline for bids and the contract. */
const TO_THE_CONTRACT: readonly (keyof Limits)[] = [
  'reportToPurchaser',
  'reportToPublicity',
  'publicity',
  'awardMeeting',
  'winnerDecision',
  'resultAnnouncement',
  'challenge',
  'objectionReply',
  'contract',
];

/**
 * The last day for which a lot with this deadline needs the calendar, when every limit up to the contract is used up, one after the other;
 * null where no limit counts days, as in a demonstration.
 */
export function calendarNeededTo(deadline: string, { limits, calendar }: Pick<RuleSet, 'limits' | 'calendar'>): string | null {
  const running = TO_THE_CONTRACT.flatMap((name) => limits[name] ?? []).filter(countsDays);
  if (running.length === 0) return null;
  // An instant at 24:00 is of the next day; a millisecond before it is of the day that it ends.
  const ends = running.reduce((from, limit) => new Date(Date.parse(limitEnd(from, limit, calendar)) - 1).toISOString(), deadline);
  return dateInChina(ends);
}
