import { addDays, type Calendar } from './calendar.js';
import { need } from '../kernel/need.js';

/** A year as the State Council's office announced it (国务院办公厅关于…年部分节假日安排的通知). */
interface CalendarYear {
  readonly year: number;
  /** First day and number of days. */
  readonly holidays: readonly (readonly [first: string, days: number])[];
  readonly workdays: readonly string[];
}

/** A new year is a new row, in the order of the years; a lot freezes the calendar with its rule set. */
const YEARS: readonly CalendarYear[] = [
  {
    year: 2026,
    holidays: [
      ['2026-01-01', 3], // 元旦
      ['2026-02-15', 9], // 春节
      ['2026-04-04', 3], // 清明
      ['2026-05-01', 5], // 劳动节
      ['2026-06-19', 3], // 端午
      ['2026-09-25', 3], // 中秋
      ['2026-10-01', 7], // 国庆
    ],
    workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];

/** Rest days and exchanged working days of every year that has been announced and entered. */
export const CHINA_CALENDAR: Calendar = {
  to: `${need(YEARS.at(-1)).year}-12-31`,
  holidays: YEARS.flatMap(({ holidays }) =>
    holidays.flatMap(([first, days]) => Array.from({ length: days }, (_, index) => addDays(first, index))),
  ),
  workdays: YEARS.flatMap(({ workdays }) => workdays),
};
