import type { CalendarPut, CalendarYear, RegisteredYear } from '@app/contracts';
import { zCalendarPut } from '@app/contracts';
import { addDays } from '@app/evaluation';
import type { Checked } from './drafts.js';

/** A year of rest days as it is typed: of each festival its first and its last day on a line, and one worked weekend day on a line. */
export interface CalendarDraft {
  year: string;
  holidays: string;
  workdays: string;
  source: string;
  basis: number | null;
}

const DAY_MS = 86_400_000;
const DATE = /\d{4}-\d{2}-\d{2}/g;
/** The dates of each line, whatever stands between them; a line without one stands for itself, and is no date. */
const dated = (text: string): string[][] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.match(DATE) ?? [line.trim()]]));

export const lastDay = ({ from, days }: CalendarYear['holidays'][number]): string => addDays(from, days - 1);

/** One day stands for itself. What is no date gives no number of days, which the schema refuses; so does a third date. */
function festivalOf([from = '', to = from, ...more]: readonly string[]): { from: string; days: number } {
  return { from, days: more.length > 0 ? Number.NaN : (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 };
}

export function checkedCalendar({ year, holidays, workdays, source, basis }: CalendarDraft): Checked<CalendarPut> {
  const decree = { year: Number(year), holidays: dated(holidays).map(festivalOf), workdays: dated(workdays).flat(), source };
  const read = zCalendarPut.safeParse({ decree, basis });
  const faults = new Set(read.error?.issues.map(({ path }) => String(path[1] ?? path[0])));
  return read.success ? { put: read.data, faults: [] } : { put: null, faults: [...faults] };
}

export const calendarDraft = ({ decree, version }: RegisteredYear): CalendarDraft => ({
  year: String(decree.year),
  holidays: decree.holidays.map((festival) => `${festival.from} ${lastDay(festival)}`).join('\n'),
  workdays: decree.workdays.join('\n'),
  source: decree.source,
  basis: version,
});

/** The year that is entered next. */
export const emptyCalendar = (year: number): CalendarDraft => ({ year: String(year), holidays: '', workdays: '', source: '', basis: null });
