import { describe, expect, it } from '@jest/globals';
import { decimal } from '../kernel/decimal.js';
import { adjustmentOf, fullPointsOf, isOnGrid, itemFault, pointsOf, type ScoreItem, zScoreItem } from './score-items.js';

const item = (type: ScoreItem['type'], more: Partial<ScoreItem> = {}): ScoreItem => ({
  id: 'one',
  part: 'technical',
  title: 'one',
  min: '0',
  max: '10',
  step: '1',
  objective: true,
  ...(type === undefined ? {} : { type }),
  ...more,
});
const taken = (one: ScoreItem, values: readonly string[]): string[] => values.filter((value) => isOnGrid(one, value));
const FIXED = { kind: 'FIXED', values: ['0', '3', '10'] } as const;
const GRADED = {
  kind: 'GRADED',
  grades: [
    { name: '差', min: '0', max: '3' },
    { name: '中', min: '5', max: '7' },
    { name: '优', min: '8', max: '10' },
  ],
} as const;
const FORMULA = { kind: 'FORMULA', unit: '年', base: '1', per: '1.5', least: '1', most: '8' } as const;
const ADJUSTMENT = { kind: 'ADJUSTMENT', unit: '周', of: 'PERCENT_OF_BID', per: '0.5' } as const;
const writable = (type: unknown): ScoreItem['type'] => zScoreItem.parse(item(type as ScoreItem['type'])).type;

describe('A-62 types of scored items (domain.md §4.4)', () => {
  it('RANGE takes any value of the grid, FIXED a listed one, PASS_FAIL all or the least', () => {
    expect(taken(item(undefined), ['0', '1', '9.5', '10', '11'])).toEqual(['0', '1', '10']);
    expect(taken(item(writable(FIXED)), ['0', '1', '3', '10'])).toEqual(['0', '3', '10']);
    expect(taken(item({ kind: 'PASS_FAIL' }), ['0', '5', '10'])).toEqual(['0', '10']);
  });
  it('GRADED takes what lies in a band, and nothing between two', () => {
    expect(taken(item(writable(GRADED)), ['3', '4', '5', '7', '7.5', '8', '10'])).toEqual(['3', '5', '7', '8', '10']);
  });
  it('DEDUCT goes down from the full marks, ADD up from the least, each by so much a fault or merit and no further than its end', () => {
    expect(taken(item({ kind: 'DEDUCT', per: '3' }), ['10', '7', '4', '1', '0', '9', '3'])).toEqual(['10', '7', '4', '1', '0']);
    expect(taken(item({ kind: 'ADD', per: '3' }), ['0', '3', '6', '9', '10', '1', '7'])).toEqual(['0', '3', '6', '9', '10']);
  });
  it('FORMULA makes points of a figure, between its least and its most; the full marks are the most', () => {
    const one = item(writable(FORMULA));
    expect(['0', '2', '4', '10'].map((value) => pointsOf(one, value).toFixed())).toEqual(['1', '4', '7', '8']);
    expect([
      fullPointsOf(one).toFixed(),
      fullPointsOf(item(undefined)).toFixed(),
      fullPointsOf(item(writable(ADJUSTMENT))).toFixed(),
    ]).toEqual(['8', '10', '0']);
  });
  it('ADJUSTMENT gives no points and moves the price, by percent of the bid or in CNY', () => {
    const weeks = item(writable(ADJUSTMENT));
    expect([pointsOf(weeks, '3').toFixed(), adjustmentOf(weeks, '3', decimal('5000000')).toFixed()]).toEqual(['0', '75000']);
    const cny = item({ ...ADJUSTMENT, of: 'CNY', per: '1' });
    expect(adjustmentOf(cny, '12000', decimal('5080000')).toFixed()).toBe('12000');
    expect(adjustmentOf(item(undefined), '3', decimal('5000000')).toFixed()).toBe('0');
  });
  it('A-63 names what contradicts itself', () => {
    const faults = (type: ScoreItem['type'], more: Partial<ScoreItem> = {}) => itemFault(item(type, more));
    expect([FIXED, GRADED, FORMULA, ADJUSTMENT].map((type) => faults(writable(type)))).toEqual([null, null, null, null]);
    expect(faults({ kind: 'FIXED', values: ['0', '5'] })).toBe('type.values: rise from 0 to 10');
    expect(faults({ kind: 'FIXED', values: ['0', '5', '3', '10'] })).toBe('type.values: rise from 0 to 10');
    const overlapping = [
      { name: 'b', min: '0', max: '5' },
      { name: 'a', min: '5', max: '10' },
    ];
    expect(faults({ kind: 'GRADED', grades: overlapping })).toBe('type.grades: rise from 0 to 10, none over another');
    expect(faults({ kind: 'DEDUCT', per: '11' })).toBe('type.per: more than the range');
    expect(faults(writable(FORMULA), { objective: false })).toBe('objective: a figure is the same for everybody');
    expect(faults({ ...FORMULA, least: '8' })).toBe('type.least: not below the most');
    expect(faults({ ...FORMULA, most: '16' })).toBe(null);
    expect(faults({ ...FORMULA, most: '16.5' })).toBe('type.most: no figure from 0 to 10 is worth it');
    expect(faults({ ...FORMULA, base: '16', per: '-1.5', most: '16' })).toBe(null);
    expect(faults(writable(ADJUSTMENT), { objective: false })).toBe('objective: a figure is the same for everybody');
    expect(faults({ kind: 'ADD', per: '0.125' })).toBe('more than two decimals');
  });
});
