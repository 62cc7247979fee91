import { addMs, type Calendar, dateInChina, earliestAfterNotice, endOfDate, latestBefore, periodEnd, workingDayAfter } from './calendar.js';

/** A time limit of a rule set. Days end at 24:00 in China; minutes and seconds run from the instant itself. */
export interface Limit {
  readonly value: number;
  readonly unit: 'calendar-day' | 'working-day' | 'minute' | 'second';
}

const MS = { minute: 60_000, second: 1_000 } as const;
const DAY_MS = 86_400_000;

/** The instant at which the limit that starts with the event at `from` is over. */
export function limitEnd(from: string, limit: Limit, calendar: Calendar): string {
  if (limit.unit === 'minute' || limit.unit === 'second') return addMs(from, limit.value * MS[limit.unit]);
  const date = dateInChina(from);
  return endOfDate(limit.unit === 'calendar-day' ? periodEnd(date, limit.value, calendar) : workingDayAfter(date, limit.value, calendar));
}

export const countsDays = ({ unit }: Limit): boolean => unit === 'calendar-day' || unit === 'working-day';

/** The end of a limit that begins when an earlier one is over: days follow its last day, whose 24:00 is the next date's 0:00. */
export const limitEndAfter = (earlier: string, limit: Limit, calendar: Calendar): string =>
  limitEnd(countsDays(limit) ? addMs(earlier, -1) : earlier, limit, calendar);

/**
 * First instant at which an act that needs this much notice after `from`
 * may be: the same clock time, or the start of the first day allowed.
 */
export const noticeEnd = (from: string, limit: Limit, calendar: Calendar): string =>
  addMs(wholeEnd(from, limit, calendar), countsDays(limit) ? -DAY_MS : 0);

/**
 * When something has been to be had for this long (发售期不得少于…日): days are whole, so the last one ends at 24:00. It does not roll: a
 * minimum is somebody else's time, and a rest day takes nothing from it.
 */
export function wholeEnd(from: string, limit: Limit, calendar: Calendar): string {
  if (limit.unit === 'minute' || limit.unit === 'second') return addMs(from, limit.value * MS[limit.unit]);
  const date = dateInChina(from);
  return endOfDate(limit.unit === 'calendar-day' ? earliestAfterNotice(date, limit.value) : workingDayAfter(date, limit.value, calendar));
}

/** Last instant at which an act may be that must come this long before `deadline`. Working days are counted as calendar days here. */
export function latestInstantBefore(deadline: string, limit: Limit): string {
  if (limit.unit === 'minute' || limit.unit === 'second') return addMs(deadline, -limit.value * MS[limit.unit]);
  return endOfDate(latestBefore(dateInChina(deadline), limit.value));
}
