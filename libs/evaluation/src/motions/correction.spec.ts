import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimal } from '../kernel/decimal.js';
import { type CorrectionRule, correctionOf, correctionRules } from './correction.js';

const line = (quantity: string, unitPrice: string, stated: string, item = '清单 1') => ({ item, quantity, unitPrice, stated });
const priceOf = (rule: CorrectionRule, price: string) => {
  const found = correctionOf(rule, price);
  return typeof found === 'string' ? found : found.price;
};

describe('arithmetic corrections (domain.md §4.6)', () => {
  it('TV-COR-01 words over figures: 1 234 560, not 1 234 650', () => {
    const words = '壹佰贰拾叁万肆仟伍佰陆拾元整';
    const rule = { rule: 'WORDS_OVER_FIGURES', words, amount: '1234560' } as const;
    expect(priceOf(rule, '1234650')).toBe('1234560.00');
    expect(priceOf({ ...rule, words: '人民币壹佰贰拾叁万肆仟伍佰陆拾圆正' }, '1234650')).toBe('1234560.00');
    // The figure of the words is computed, never believed.
    expect(priceOf({ ...rule, amount: '1234650' }, '1234650')).toMatch(/^words: 1234650 is written 壹佰贰拾叁万肆仟陆佰伍拾元整/);
    expect(priceOf(rule, '1234560')).toBe('amount: is the price already');
  });
  it('TV-COR-02 unit price over total: 120 × 85.50 is 10 260.00, not 10 620', () => {
    const rule = { rule: 'UNIT_PRICE_OVER_TOTAL', lines: [line('120', '85.50', '10620')] } as const;
    expect(priceOf({ ...rule, lines: [...rule.lines] }, '10620')).toBe('10260.00');
    expect(priceOf({ ...rule, lines: [...rule.lines] }, '110620')).toBe('110260.00');
    expect(priceOf({ ...rule, lines: [line('120', '85.50', '10260')] }, '10260')).toBe('lines: 清单 1 says what its unit price comes to');
  });
  it('TV-COR-03 an obvious slip of the decimal point: the total of the opening sheet stands, the unit price becomes 85.50', () => {
    const lines = [line('120', '8550.00', '10260.00')];
    expect(correctionOf({ rule: 'DECIMAL_SLIP', lines }, '10260.00')).toEqual({
      price: '10260.00',
      unitPrices: [{ item: '清单 1', unitPrice: '85.5' }],
    });
    expect(priceOf({ rule: 'UNIT_PRICE_OVER_TOTAL', lines }, '10260.00')).toContain('DECIMAL_SLIP');
    expect(priceOf({ rule: 'DECIMAL_SLIP', lines: [line('120', '85.50', '10620')] }, '10620')).toContain('not off by its decimal point');
  });
  it('the opening sheet goes before the body, and Chinese before other languages, each under its law', () => {
    expect(priceOf({ rule: 'SHEET_OVER_BODY', body: '110' }, '100')).toBe('100.00');
    expect(priceOf({ rule: 'SHEET_OVER_BODY', body: '100.00' }, '100')).toBe('body: says what the opening sheet says');
    expect(priceOf({ rule: 'CHINESE_OVER_OTHER', amount: '99' }, '100')).toBe('99.00');
    expect(correctionRules('TENDER_LAW')).not.toContain('SHEET_OVER_BODY');
    expect(correctionRules('GOV_PROCUREMENT')[0]).toBe('SHEET_OVER_BODY');
    expect(correctionRules('GOV_PROCUREMENT')).not.toContain('CHINESE_OVER_OTHER');
  });
  it('a correction that would leave nothing of the price is none', () => {
    expect(priceOf({ rule: 'UNIT_PRICE_OVER_TOTAL', lines: [line('1', '1', '101')] }, '100')).toBe('lines: nothing is left of the price');
  });
  it('whatever the lines, the corrected price is what the lines come to more or less', () => {
    const anyLine = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), (list) => {
        const lines = list.map(([quantity, cents, off]) => {
          const unit = decimal(cents).div(100);
          return line(String(quantity), unit.toFixed(), unit.times(quantity).plus(off).toFixed());
        });
        fc.pre(lines.every(({ stated }) => decimal(stated).gt(0)));
        const stated = lines.reduce((sum, one) => sum.plus(one.stated), decimal(0));
        const right = lines.reduce((sum, one) => sum.plus(decimal(one.quantity).times(one.unitPrice)), decimal(0));
        const found = correctionOf({ rule: 'UNIT_PRICE_OVER_TOTAL', lines }, stated.toFixed());
        if (typeof found !== 'string') expect(found.price).toBe(right.toFixed(2));
      }),
    );
  });
});
