import type { CalendarYear } from '@app/contracts';

/**
 * Days of the law, in China Standard Time (UTC+8 all year). A date is `YYYY-MM-DD`, an instant `YYYY-MM-DDTHH:mm:ss.sssZ`.
 * 民法典 201: the day of the event is not counted. 203: a last day that is a legal rest day (法定休假日) rolls to the day
 * after the rest days; the last day ends at 24:00.
 */
export interface Calendar {
  /** Last date that the lists are complete for: beyond it a festival would be counted as a working day. */
  readonly to: string;
  /** Rest days by decree beyond Saturdays and Sundays. */
  readonly holidays: readonly string[];
  /** Saturdays and Sundays worked in exchange (调休上班). */
  readonly workdays: readonly string[];
}

const DAY_MS = 86_400_000;
const CST_MS = 8 * 3_600_000;
/** No run of rest days is near this long; beyond it the calendar data is broken. */
const REST_RUN_MAX = 60;

const toMs = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);
const toDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const toInstant = (ms: number): string => new Date(ms).toISOString();

/** Plain day arithmetic; negative counts back. */
export const addDays = (date: string, days: number): string => toDate(toMs(date) + days * DAY_MS);
/** The date in China at this instant. */
export const dateInChina = (instant: string): string => toDate(Date.parse(instant) + CST_MS);
/** 0:00 of that date in China, as an instant. */
export const startOfDate = (date: string): string => toInstant(toMs(date) - CST_MS);
/** 24:00 of that date in China, as an instant. */
export const endOfDate = (date: string): string => toInstant(toMs(date) + DAY_MS - CST_MS);
export const addMs = (instant: string, ms: number): string => toInstant(Date.parse(instant) + ms);

export function isRestDay(date: string, calendar: Calendar): boolean {
  if (calendar.holidays.includes(date)) return true;
  if (calendar.workdays.includes(date)) return false;
  const weekday = new Date(toMs(date)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The date, or the first working day after it; with -1 before it. */
function nearestWorkingDay(date: string, calendar: Calendar, step: 1 | -1 = 1): string {
  let day = date;
  for (let run = 0; isRestDay(day, calendar); run++) {
    if (run > REST_RUN_MAX) throw new RangeError('calendar without working days');
    day = addDays(day, step);
  }
  return day;
}

/** Last day of a period of calendar days that starts after `date`; a rest day at the end rolls on. */
export const periodEnd = (date: string, days: number, calendar: Calendar): string => nearestWorkingDay(addDays(date, days), calendar);

/** The last working day before `date`. */
export const workingDayBefore = (date: string, calendar: Calendar): string => nearestWorkingDay(addDays(date, -1), calendar, -1);

/** The n-th working day after `date`. */
export function workingDayAfter(date: string, days: number, calendar: Calendar): string {
  let day = date;
  for (let left = days; left > 0; left--) day = nearestWorkingDay(addDays(day, 1), calendar);
  return day;
}

/**
 * Earliest date that leaves `days` full days of notice after `date` (自…之日起不得少于…日). No roll: the period is somebody else's time
 * to act, and a deadline on a rest day takes nothing from it.
 */
export const earliestAfterNotice = (date: string, days: number): string => addDays(date, days);
/** Last date that still leaves `days` before `deadline` (截止时间至少…日前). Never rolls forward: that would shorten the notice. */
export const latestBefore = (deadline: string, days: number): string => addDays(deadline, -days);

type Decree = Pick<CalendarYear, 'year' | 'holidays' | 'workdays'>;
const yearOf = (date: string): number => Number(date.slice(0, 4));

/** Those of these years that follow the calendar's end without a gap, in their order; a year that it has stays as it is. */
export function following<Year extends Decree>({ to }: Calendar, years: readonly Year[]): readonly Year[] {
  const found: Year[] = [];
  for (;;) {
    const next = years.find(({ year }) => year === yearOf(to) + found.length + 1);
    if (next === undefined) return found;
    found.push(next);
  }
}

/** The calendar with the years that follow its end. */
export function extended(calendar: Calendar, years: readonly Decree[]): Calendar {
  const more = following(calendar, years);
  const rest = more.flatMap(({ holidays }) =>
    holidays.flatMap(({ from, days }) => Array.from({ length: days }, (_, at) => addDays(from, at))),
  );
  return {
    to: `${String(yearOf(calendar.to) + more.length)}-12-31`,
    holidays: [...calendar.holidays, ...rest],
    workdays: [...calendar.workdays, ...more.flatMap(({ workdays }) => workdays)],
  };
}
