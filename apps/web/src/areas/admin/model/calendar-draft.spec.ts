import { describe, expect, it } from '@jest/globals';
import { calendarDraft, checkedCalendar, emptyCalendar } from './calendar-draft.js';

const TYPED = {
  ...emptyCalendar(2027),
  holidays: '2027-01-01 至 2027-01-03\n\n2027-04-05',
  workdays: '2027-02-20、2027-02-28',
  source: ' 测试用 ',
};

describe('a year of rest days as it is typed', () => {
  it('is read line by line, and written back as it is read', () => {
    const { put } = checkedCalendar(TYPED);
    expect(put).toEqual({
      decree: {
        year: 2027,
        holidays: [
          { from: '2027-01-01', days: 3 },
          { from: '2027-04-05', days: 1 },
        ],
        workdays: ['2027-02-20', '2027-02-28'],
        source: '测试用',
      },
      basis: null,
    });
    if (put === null) throw new Error('not read');
    expect(checkedCalendar(calendarDraft({ decree: put.decree, version: 7 })).put).toEqual({ ...put, basis: 7 });
  });
  it.each([
    ['year', { year: '二〇二七' }],
    ['holidays', { holidays: '' }],
    ['holidays', { holidays: '2027-01-03 2027-01-01' }],
    ['holidays', { holidays: '元旦' }],
    ['holidays', { holidays: '2027-01-01 2027-01-02 2027-01-03' }],
    ['workdays', { workdays: '二月二十日' }],
    ['workdays', { workdays: '2027-02-22' }],
    ['source', { source: ' ' }],
  ])('names the field that is not right: %s', (field, change) => {
    expect(checkedCalendar({ ...TYPED, ...change })).toEqual({ put: null, faults: [field] });
  });
});
