import { describe, expect, it } from '@jest/globals';
import { type CalendarYear, zCalendarYear } from './calendar.js';

/** Invented days, with one of the last days of the year before, as some decrees have. */
const YEAR: CalendarYear = {
  year: 2027,
  holidays: [
    { from: '2026-12-31', days: 3 },
    { from: '2027-02-05', days: 7 },
  ],
  workdays: ['2027-02-20', '2027-02-28'],
  source: '测试用',
};
const faults = (change: Partial<CalendarYear>): string[] =>
  zCalendarYear.safeParse({ ...YEAR, ...change }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('rest days of a year (节假日安排)', () => {
  it('are days of that year, or the last ones before it', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ holidays: [{ from: '2026-12-24', days: 3 }] })).toEqual(['holidays.0.from: no days of the decree for 2027']);
    expect(faults({ holidays: [{ from: '2027-12-31', days: 2 }] })).toEqual(['holidays.0.from: no days of the decree for 2027']);
    expect(faults({ holidays: [] })).toHaveLength(1);
    expect(faults({ year: 2026 })).not.toEqual([]);
  });
  it('overlap nowhere, and what is worked in exchange is a Saturday or a Sunday that is no rest day', () => {
    const [first] = YEAR.holidays;
    expect(faults({ holidays: [...YEAR.holidays, first ?? { from: '', days: 1 }] })).toContain('holidays.2.from: a day is named twice');
    expect(faults({ workdays: ['2027-02-22'] })).toEqual(['workdays.0: neither a Saturday nor a Sunday']);
    expect(faults({ workdays: ['2027-02-06'] })).toEqual(['workdays.0: a rest day of this decree']);
    expect(faults({ workdays: ['2027-02-20', '2027-02-20'] })).toEqual(['workdays.1: named twice']);
    expect(faults({ workdays: ['2028-01-01'] })).toContain('workdays.0: no day of the decree for 2027');
  });
});
