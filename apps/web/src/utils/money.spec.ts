import { describe, expect, it } from '@jest/globals';
import { groupThousands } from './money.js';

describe('amounts as people read them', () => {
  it.each([
    ['9350000.00', '9,350,000.00'],
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567.8', '-1,234,567.8'],
    ['1e6', '1e6'],
    ['', ''],
  ])('groups %s as %s', (input, expected) => {
    expect(groupThousands(input)).toBe(expected);
  });
});
