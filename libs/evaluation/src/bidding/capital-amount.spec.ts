import { describe, expect, it } from '@jest/globals';
import { capitalAmount, saysAmount } from './capital-amount.js';

describe('amounts in capital numerals', () => {
  it.each([
    ['0.00', '零元整'],
    ['3.00', '叁元整'],
    ['10', '壹拾元整'],
    ['10500.07', '壹万零伍佰元零柒分'],
    ['9350000.00', '玖佰叁拾伍万元整'],
    ['100000001.10', '壹亿零壹元壹角整'],
    ['10010.00', '壹万零壹拾元整'],
    ['1000000000000.00', '壹万亿元整'],
    ['0.05', '伍分'],
    ['107000.53', '壹拾万零柒仟元伍角叁分'],
    ['-2.50', '负贰元伍角整'],
  ])('writes %s in capitals as %s', (input, expected) => {
    expect(capitalAmount(input)).toBe(expected);
  });

  it('refuses what a capital amount can not say exactly', () => {
    expect(capitalAmount('1.234')).toBeNull();
    expect(capitalAmount('12345678901234567')).toBeNull();
    expect(capitalAmount('abc')).toBeNull();
  });
});

describe('whether words say an amount', () => {
  it.each([
    ['玖佰叁拾伍万元整', '9350000.00', true],
    ['人民币 玖佰叁拾伍万圆正', '9350000.00', true],
    ['贰拾元叁角', '20.30', true],
    ['玖佰叁拾伍万元', '9350000', true],
    ['玖佰叁拾万元整', '9350000.00', false],
    ['玖佰叁拾伍万元伍分', '9350000.00', false],
    ['9350000.00', '9350000.00', false],
    ['', '9350000.00', false],
    ['零元', '1.234', false],
  ])('%s says %s: %s', (words, amount, expected) => {
    expect(saysAmount(words, amount)).toBe(expected);
  });
});
