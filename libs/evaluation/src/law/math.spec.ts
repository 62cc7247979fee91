import { describe, expect, it } from '@jest/globals';
import { decimal, fixed, mean } from '../kernel/decimal.js';
import { CHINA_CALENDAR } from './china-calendar.js';
import { addDays, addMs, earliestAfterNotice, endOfDate, isRestDay, latestBefore, periodEnd, workingDayAfter } from './calendar.js';
import { latestInstantBefore, limitEnd, noticeEnd, wholeEnd } from './limit.js';
import { trim, trimFor, trimmedMean } from './trim.js';
import fc from 'fast-check';

const all = (...values: (string | number)[]) => values.map((value) => decimal(value));

describe('decimals', () => {
  it('TV-ROUND-02 23.625 rounds half-up to 23.63, where binary floats give 23.62', () => {
    expect(fixed(decimal(945000).div(1200000).times(30))).toBe('23.63');
    expect(fixed(decimal('-23.625'))).toBe('-23.63');
    expect(fixed(decimal('-0.001'))).toBe('0.00');
  });
  it('has no mean of nothing', () => {
    expect(() => mean([])).toThrow(RangeError);
  });
});

describe('trimming', () => {
  it('TV-TRIM-01 drops one high and one low of seven members', () => {
    const scores = all('86.50', '88.00', '90.00', '79.00', '91.50', '87.00', '93.00');
    expect(fixed(trimmedMean(scores, { low: 1, high: 1 }))).toBe('88.60');
    expect(fixed(mean(scores))).toBe('87.86');
  });
  it('TV-TRIM-02 drops one high and one low of five members', () => {
    const scores = all(86, '88.5', 90, 79, '91.5');
    expect(fixed(trimmedMean(scores, { low: 1, high: 1 }))).toBe('88.17');
    expect(fixed(mean(scores))).toBe('87.00');
  });
  it('drops exactly one instance of a tied extreme', () => {
    expect(trim(all(5, 5, 3, 3), { low: 1, high: 1 }).kept).toHaveLength(2);
  });
  it('drops nothing when nothing would remain', () => {
    expect(trim(all(1, 2), { low: 1, high: 1 }).kept).toEqual([0, 1]);
  });
  it('takes the first row of the table whose bound exceeds n', () => {
    const table = [
      { below: 5, low: 0, high: 0 },
      { below: 10, low: 1, high: 1 },
      { below: null, low: 2, high: 2 },
    ];
    expect([4, 5, 9, 10, 30].map((n) => trimFor(table, n).low)).toEqual([0, 1, 1, 2, 2]);
    expect(trimFor([{ below: 5, low: 1, high: 1 }], 9)).toEqual({ low: 0, high: 0 });
  });
  it('a trimmed mean lies between the extremes and ignores the order of members', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 15 });
    fc.assert(
      fc.property(scores, (cents) => {
        const values = cents.map((cent) => decimal(cent).div(100));
        const forward = trimmedMean(values, { low: 1, high: 1 });
        const backward = trimmedMean([...values].reverse(), { low: 1, high: 1 });
        expect(forward.eq(backward)).toBe(true);
        expect(forward.gte(Math.min(...cents) / 100) && forward.lte(Math.max(...cents) / 100)).toBe(true);
      }),
    );
  });
});

describe('days of the law', () => {
  it('TV-DATE-01 B-004 issue on 2026-03-02 allows a deadline from 2026-03-22', () => {
    expect(earliestAfterNotice('2026-03-02', 20)).toBe('2026-03-22');
    expect(noticeEnd('2026-03-02T02:00:00.000Z', { value: 20, unit: 'calendar-day' }, CHINA_CALENDAR)).toBe('2026-03-21T16:00:00.000Z');
  });
  it('TV-DATE-02 B-011 B-012 a deadline on 2026-03-24 allows amendments to 2026-03-09 and objections to 2026-03-14', () => {
    expect(latestBefore('2026-03-24', 15)).toBe('2026-03-09');
    expect(latestBefore('2026-03-24', 10)).toBe('2026-03-14');
    expect(latestInstantBefore('2026-03-24T01:30:00.000Z', { value: 15, unit: 'calendar-day' })).toBe(endOfDate('2026-03-09'));
  });
  it('TV-DATE-03 B-028 publicity on 2026-04-07 counts 04-08 to 04-10 and ends at 24:00 in China', () => {
    expect(limitEnd('2026-04-07T03:00:00.000Z', { value: 3, unit: 'calendar-day' }, CHINA_CALENDAR)).toBe('2026-04-10T16:00:00.000Z');
  });
  it('TV-DATE-04 a last day that is a rest day rolls to the next working day (民法典 203)', () => {
    expect(periodEnd('2026-04-28', 3, CHINA_CALENDAR)).toBe('2026-05-06'); // 05-01..05-05 Labour Day
    expect(periodEnd('2026-02-11', 3, CHINA_CALENDAR)).toBe('2026-02-14'); // a Saturday worked in exchange
    expect(periodEnd('2026-04-08', 3, CHINA_CALENDAR)).toBe('2026-04-13'); // a plain Saturday
  });
  it('B-009 counts working days over weekends, festivals and exchanged days', () => {
    expect(workingDayAfter('2026-04-30', 1, CHINA_CALENDAR)).toBe('2026-05-06');
    expect(workingDayAfter('2026-05-08', 1, CHINA_CALENDAR)).toBe('2026-05-09');
    expect(limitEnd('2026-03-02T02:00:00.000Z', { value: 5, unit: 'working-day' }, CHINA_CALENDAR)).toBe(endOfDate('2026-03-09'));
  });
  it('C8 B-009 what must be to be had for so many days is to be had until 24:00 of the last of them', () => {
    const from = '2026-03-02T01:00:00.000Z';
    // Five days from Monday end with Saturday, five working days with Monday.
    expect(wholeEnd(from, { value: 5, unit: 'calendar-day' }, CHINA_CALENDAR)).toBe('2026-03-07T16:00:00.000Z');
    expect(wholeEnd(from, { value: 5, unit: 'working-day' }, CHINA_CALENDAR)).toBe('2026-03-09T16:00:00.000Z');
    expect(wholeEnd(from, { value: 3, unit: 'second' }, CHINA_CALENDAR)).toBe('2026-03-02T01:00:03.000Z');
  });
  it('takes the date in China, not in Greenwich', () => {
    expect(limitEnd('2026-04-06T17:00:00.000Z', { value: 1, unit: 'calendar-day' }, CHINA_CALENDAR)).toBe(endOfDate('2026-04-08'));
  });
  it('runs minutes and seconds from the instant', () => {
    expect(limitEnd('2026-04-06T17:00:00.000Z', { value: 30, unit: 'second' }, CHINA_CALENDAR)).toBe('2026-04-06T17:00:30.000Z');
    expect(noticeEnd('2026-04-06T17:00:00.000Z', { value: 2, unit: 'minute' }, CHINA_CALENDAR)).toBe('2026-04-06T17:02:00.000Z');
    expect(latestInstantBefore('2026-04-06T17:00:00.000Z', { value: 1, unit: 'second' })).toBe('2026-04-06T16:59:59.000Z');
    expect(addMs('2026-04-06T17:00:00.000Z', 1)).toBe('2026-04-06T17:00:00.001Z');
  });
  it('a period never ends on a rest day and never before its plain count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 30 }), (offset, days) => {
        const from = addDays('2026-01-01', offset);
        const end = periodEnd(from, days, CHINA_CALENDAR);
        expect(isRestDay(end, CHINA_CALENDAR)).toBe(false);
        expect(end >= addDays(from, days)).toBe(true);
      }),
    );
  });
  it('refuses a calendar without working days instead of looping', () => {
    const holidays = Array.from({ length: 200 }, (_, index) => addDays('2026-01-01', index));
    expect(() => periodEnd('2026-01-01', 1, { to: '2026-12-31', holidays, workdays: [] })).toThrow(RangeError);
  });
});
