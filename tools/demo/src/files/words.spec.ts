import { describe, expect, it } from '@jest/globals';
import { inWords } from './words.js';

describe('大写金额', () => {
  it.each([
    ['1234560.00', '壹佰贰拾叁万肆仟伍佰陆拾元整'],
    ['9480000.00', '玖佰肆拾捌万元整'],
    ['1050000.00', '壹佰零伍万元整'],
    ['10000000.00', '壹仟万元整'],
    ['100000001.00', '壹亿零壹元整'],
    ['1001.05', '壹仟零壹元零伍分'],
    ['20.30', '贰拾元叁角'],
    ['0.00', '零元整'],
  ])('writes %s as %s', (price, words) => {
    expect(inWords(price)).toBe(words);
  });
});
