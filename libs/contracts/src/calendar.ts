import { z } from 'zod';
import { zBasis } from './access.js';

/** A day of the civil calendar in China, `YYYY-MM-DD`. */
const zDate = z.iso.date();
const DAY_MS = 86_400_000;
const dayOf = (date: string): number => Date.parse(date) / DAY_MS;
const SATURDAY = 6;
const isWeekend = (date: string): boolean => [0, SATURDAY].includes(new Date(date).getUTCDay());

/** Years of the calendar that a lot, or an installation, takes beyond those that the release has. */
export const CALENDAR_YEARS_MAX = 10;

/**
 * Rest days of a year as the State Council's office announced them (国务院办公厅关于…年部分节假日安排的通知): festivals with their first day and
 * number of days, and the Saturdays and Sundays that are worked in exchange (调休上班). A decree may begin in the last days of the year before.
 */
export const zCalendarYear = z
  .strictObject({
    year: z.int().min(2_027).max(2_100),
    holidays: z
      .array(z.strictObject({ from: zDate, days: z.int().min(1).max(15) }))
      .min(1)
      .max(20),
    workdays: z.array(zDate).max(20),
    /** Number of the decree (发文字号), so that anybody can look it up. */
    source: z.string().trim().min(1).max(120),
  })
  .superRefine(({ year, holidays, workdays }, context) => {
    const [first, last] = [dayOf(`${String(year - 1)}-12-25`), dayOf(`${String(year)}-12-31`)];
    const isWithin = (date: string, days = 1): boolean => dayOf(date) >= first && dayOf(date) + days - 1 <= last;
    const wrong = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const rest = new Set<number>();
    for (const [index, { from, days }] of holidays.entries()) {
      if (!isWithin(from, days)) wrong(['holidays', index, 'from'], `no days of the decree for ${String(year)}`);
      for (let day = dayOf(from); day < dayOf(from) + days; day += 1) {
        if (rest.has(day)) wrong(['holidays', index, 'from'], 'a day is named twice');
        rest.add(day);
      }
    }
    for (const [index, date] of workdays.entries()) {
      if (!isWithin(date)) wrong(['workdays', index], `no day of the decree for ${String(year)}`);
      if (!isWeekend(date)) wrong(['workdays', index], 'neither a Saturday nor a Sunday');
      if (rest.has(dayOf(date))) wrong(['workdays', index], 'a rest day of this decree');
      if (workdays.indexOf(date) < index) wrong(['workdays', index], 'named twice');
    }
  });
export type CalendarYear = z.infer<typeof zCalendarYear>;

export const zCalendarPut = z.strictObject({ decree: zCalendarYear, basis: zBasis });
export type CalendarPut = z.infer<typeof zCalendarPut>;
export const zRegisteredYear = z.object({ decree: zCalendarYear, version: z.int() });
export type RegisteredYear = z.infer<typeof zRegisteredYear>;
