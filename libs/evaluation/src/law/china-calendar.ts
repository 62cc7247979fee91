import { addDays, type Calendar } from './calendar.js';

const run = (from: string, days: number): string[] => Array.from({ length: days }, (_, index) => addDays(from, index));

/**
 * Rest days and exchanged working days of 2026 as the State Council's office announced them (国务院办公厅关于2026年部分节假日安排的通知).
 * A new year is a new row; a lot freezes the calendar with its rule set.
 */
export const CHINA_CALENDAR: Calendar = {
  holidays: [
    ...run('2026-01-01', 3), // 元旦
    ...run('2026-02-15', 9), // 春节
    ...run('2026-04-04', 3), // 清明
    ...run('2026-05-01', 5), // 劳动节
    ...run('2026-06-19', 3), // 端午
    ...run('2026-09-25', 3), // 中秋
    ...run('2026-10-01', 7), // 国庆
  ],
  workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
};
