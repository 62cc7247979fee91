import { describe, expect, it } from '@jest/globals';
import { folded, foldedPage, hitPlaces, hitsIn, nextHit, searchOrder, type TextRun } from './text-search.js';

const run = (str: string, x: number, y = 700): TextRun => ({ str, width: str.length * 10, height: 12, transform: [12, 0, 0, 12, x, y] });

describe('the search in a document', () => {
  it('finds what programs have torn apart, spaced or written in full width', () => {
    const page = foldedPage([run('施工 总体', 50), run('部署', 120), run('ＧＢ　５０３００', 50, 680)]);
    expect(page).toBe('施工总体部署gb50300');
    expect(hitsIn(page, folded('总体部署'))).toEqual([2]);
    expect(hitsIn(page, folded('GB 50300'))).toEqual([6]);
    expect(hitsIn('ababab', 'ab')).toEqual([0, 2, 4]);
    expect(hitsIn(page, '')).toEqual([]);
  });

  it('says where a hit stands, over the runs that it covers', () => {
    expect(hitPlaces([run('施工总体', 50), run('部署', 90)], '总体部')).toEqual([
      [
        { x: 70, y: 700, width: 20, height: 12 },
        { x: 90, y: 700, width: 10, height: 12 },
      ],
    ]);
  });

  it('begins at the page that is read and goes round', () => {
    expect(searchOrder(4, 3)).toEqual([3, 4, 1, 2]);
    const hits = [
      { page: 2, index: 0 },
      { page: 2, index: 1 },
      { page: 5, index: 0 },
    ];
    expect(nextHit(hits, null, 3, 1)).toEqual(hits[2]);
    expect(nextHit(hits, hits[2] ?? null, 3, 1)).toEqual(hits[0]);
    expect(nextHit(hits, hits[0] ?? null, 3, -1)).toEqual(hits[2]);
    expect(nextHit(hits, null, 9, 1)).toEqual(hits[0]);
    expect(nextHit([], null, 1, 1)).toBeNull();
  });
});
