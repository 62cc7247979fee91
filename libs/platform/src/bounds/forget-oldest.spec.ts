import { describe, expect, it } from '@jest/globals';
import { forgetOldest } from './forget-oldest.js';

describe('forgetOldest', () => {
  const three = (): Map<string, number> =>
    new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);

  it('leaves the newest and tells which went', () => {
    const map = three();
    expect([forgetOldest(map, 1), [...map.keys()]]).toEqual([['a', 'b'], ['c']]);
  });

  it('leaves a map alone that is within its bound', () => {
    const map = three();
    expect([forgetOldest(map, 3), map.size]).toEqual([[], 3]);
  });

  it('counts as newest what was taken out and put in again', () => {
    const map = three();
    map.delete('a');
    map.set('a', 1);
    expect([forgetOldest(map, 2), [...map.keys()]]).toEqual([['b'], ['c', 'a']]);
  });
});
