import { describe, expect, it } from '@jest/globals';
import { FIRST_PAGE, keyOf, numberOf, queryOf, turned, turnedBack } from './key-pages.js';

describe('pages by key', () => {
  it('go forward by the key of the answer and back the way they came', () => {
    const third = turned(turned(FIRST_PAGE, 'k20'), 'k40');
    expect([keyOf(third), numberOf(third)]).toEqual(['k40', 3]);
    const second = turnedBack(third);
    expect([keyOf(second), numberOf(second)]).toEqual(['k20', 2]);
    expect(keyOf(turnedBack(second))).toBeNull();
  });

  it('stay where they are before the first and behind the last', () => {
    expect(turnedBack(FIRST_PAGE)).toEqual(FIRST_PAGE);
    expect(turned(FIRST_PAGE, null)).toEqual(FIRST_PAGE);
  });

  it('ask only for what is said, with every sign escaped', () => {
    expect(queryOf({ q: ' 卢&静 ', role: '', after: null, limit: 20 })).toBe('?q=%E5%8D%A2%26%E9%9D%99&limit=20');
    expect(queryOf({ q: '  ' })).toBe('');
  });
});
