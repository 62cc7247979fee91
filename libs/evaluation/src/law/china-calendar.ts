import type { CalendarYear } from '@app/contracts';
import { extended } from './calendar.js';

/** What this release has. A later year is entered by an installation when it is announced; a lot freezes what it was published with. */
const YEAR_2026: Omit<CalendarYear, 'source'> = {
  year: 2026,
  holidays: [
    { from: '2026-01-01', days: 3 }, // 元旦
    { from: '2026-02-15', days: 9 }, // 春节
    { from: '2026-04-04', days: 3 }, // 清明
    { from: '2026-05-01', days: 5 }, // 劳动节
    { from: '2026-06-19', days: 3 }, // 端午
    { from: '2026-09-25', days: 3 }, // 中秋
    { from: '2026-10-01', days: 7 }, // 国庆
  ],
  workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
};

/** Rest days and exchanged working days as the State Council's office announced them (国务院办公厅关于…年部分节假日安排的通知). */
export const CHINA_CALENDAR = extended({ to: '2025-12-31', holidays: [], workdays: [] }, [YEAR_2026]);
