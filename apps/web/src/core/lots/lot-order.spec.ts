import type { LotSummary } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { isForeign, merged, sortedByLimit } from './lot-order.js';

const lotOf = (lot: string, more: Partial<LotSummary> = {}): LotSummary => ({
  lot,
  round: 1,
  origin: `gongping.test/lot/${lot}/1`,
  code: lot,
  name: lot,
  regime: 'TENDER_LAW',
  status: 'EVALUATING',
  size: 10,
  updatedAt: '2026-03-24T01:30:00.000Z',
  nextLimit: null,
  parties: [],
  ...more,
});
const limit = (at: string) => ({ nextLimit: { name: 'deadline', at } });

describe('the order of lots', () => {
  it('puts what is due first on top, lots without a limit next and finished ones last', () => {
    const lots = [
      lotOf('over', { status: 'ARCHIVED', ...limit('2026-01-01T00:00:00.000Z') }),
      lotOf('later', limit('2026-03-25T00:00:00.000Z')),
      lotOf('no-limit-old', { updatedAt: '2026-03-01T00:00:00.000Z' }),
      lotOf('no-limit-new'),
      lotOf('soon', limit('2026-03-24T02:00:00.000Z')),
    ];
    expect(sortedByLimit(lots).map((lot) => lot.lot)).toEqual(['soon', 'later', 'no-limit-new', 'no-limit-old', 'over']);
  });

  it('keeps my parties when a notice for everybody names none', () => {
    const mine = lotOf('a', { parties: [{ party: 'expert-1', roles: ['expert'] }] });
    expect(merged([mine], lotOf('a', { size: 11, status: 'REPORT_SIGNING' }))).toEqual([{ ...mine, size: 11, status: 'REPORT_SIGNING' }]);
  });

  it('drops a notice that is older than what is shown', () => {
    const lots = [lotOf('a', { size: 12 })];
    expect(merged(lots, lotOf('a', { size: 11 }))).toBe(lots);
  });

  it('is asked for again, not added to, when a notice is about a lot that may not be mine', () => {
    const mine = lotOf('a', { parties: [{ party: 'expert-1', roles: ['expert'] }] });
    expect(isForeign([mine], lotOf('b'))).toBe(true);
    expect(isForeign([mine], lotOf('a'))).toBe(false);
    expect(isForeign([mine], lotOf('b', { parties: mine.parties }))).toBe(false);
  });

  it('tells another round of the same lot from this one', () => {
    expect(merged([lotOf('a')], lotOf('a', { round: 2 }))).toHaveLength(2);
  });
});
