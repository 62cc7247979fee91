import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layoutOf, LIVE_PAGES_MAX, livePages, PAGE_GAP, pageAt } from './page-layout.js';

const upright = { width: 600, height: 800 };

describe('pages below each other', () => {
  it('have the size of the first one until their own is known', () => {
    const { tops, heights, total } = layoutOf(
      3,
      new Map([
        [1, upright],
        [2, { width: 800, height: 600 }],
      ]),
      () => 300,
    );
    expect(heights).toEqual([400, 225, 400]);
    expect(tops).toEqual([PAGE_GAP, 400 + 2 * PAGE_GAP, 625 + 3 * PAGE_GAP]);
    expect(total).toBe(1025 + 4 * PAGE_GAP);
  });

  it('are found by height, in 1,500 pages too, and never more than six are drawn', () => {
    const layout = layoutOf(1_500, new Map([[1, upright]]), () => 300);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500 }), fc.integer({ min: 1, max: 5_000 }), (page, height) => {
        const top = layout.tops[page - 1] ?? 0;
        expect(pageAt(layout, top)).toBe(page);
        expect(pageAt(layout, top + 399)).toBe(page);
        const live = livePages(layout, top, height);
        expect(live).toContain(page);
        expect(live.length).toBeLessThanOrEqual(LIVE_PAGES_MAX);
        expect(live.every((one) => one >= 1 && one <= 1_500)).toBe(true);
      }),
    );
    expect([pageAt(layout, -50), pageAt(layout, layout.total + 50)]).toEqual([1, 1_500]);
    expect(livePages(layout, 0, 600)).toEqual([1, 2, 3]);
  });

  it('of an empty document are none', () => {
    expect(
      livePages(
        layoutOf(0, new Map(), () => 300),
        0,
        600,
      ),
    ).toEqual([]);
  });
});
