import { describe, expect, it } from '@jest/globals';
import {
  fails,
  markOf,
  newReview,
  openCount,
  restoredReview,
  reviewedInFull,
  reviewSheetOf,
  withGround,
  withMark,
  withRestPassed,
} from './review-grid.js';

const grid = newReview(
  [
    { id: 'formal-1', title: 'signed', kind: 'formal' },
    { id: 'qualification-1', title: 'qualified', kind: 'qualification' },
  ],
  ['bidder-1', 'bidder-2'],
);

describe('the review desk', () => {
  it('passes the rest with one press and leaves what was marked', () => {
    const now = withRestPassed(withMark(grid, 'bidder-1', 'formal-1', false));
    expect(fails(now)).toEqual([{ bidder: 'bidder-1', item: 'formal-1' }]);
    expect(markOf(now, 'bidder-2', 'formal-1')).toEqual({ pass: true });
  });

  it('is not complete while a fail lacks its legal ground or its reason (条例 51)', () => {
    const failed = withRestPassed(withMark(grid, 'bidder-1', 'formal-1', false));
    expect(openCount(failed)).toBe(1);
    expect(() => reviewSheetOf(failed)).toThrow('not complete');
    const grounded = withGround(failed, 'bidder-1', 'formal-1', { ground: 'NOT_RESPONSIVE', reason: '  ' });
    expect(openCount(grounded)).toBe(1);
    const whole = withGround(grounded, 'bidder-1', 'formal-1', { reason: ' too long ' });
    expect(reviewSheetOf(whole).bids['bidder-1']).toEqual({
      'formal-1': { pass: false, ground: 'NOT_RESPONSIVE', reason: 'too long' },
      'qualification-1': { pass: true },
    });
  });

  it('keeps ground and reason when a fail is set again, and forgets them when it is cleared', () => {
    const failed = withGround(withMark(grid, 'bidder-1', 'formal-1', false), 'bidder-1', 'formal-1', {
      ground: 'UNQUALIFIED',
      reason: 'x',
    });
    expect(markOf(withMark(failed, 'bidder-1', 'formal-1', false), 'bidder-1', 'formal-1')).toMatchObject({ ground: 'UNQUALIFIED' });
    const cleared = withMark(withMark(failed, 'bidder-1', 'formal-1', null), 'bidder-1', 'formal-1', false);
    expect(markOf(cleared, 'bidder-1', 'formal-1')).toMatchObject({ ground: '', reason: '' });
  });

  it('takes no ground for what is not failed', () => {
    expect(withGround(grid, 'bidder-1', 'formal-1', { ground: 'UNQUALIFIED' })).toBe(grid);
  });

  it('comes back as it was kept, without what is no cell of it any more', () => {
    const kept = withRestPassed(withMark(grid, 'bidder-1', 'formal-1', false)).marks;
    const back = restoredReview(grid, { ...kept, 'bidder-9/formal-1': { pass: true } });
    expect(back.marks).toEqual(kept);
    expect(reviewedInFull(back)).toEqual(['bidder-2']);
  });
});
