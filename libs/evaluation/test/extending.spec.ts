import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AWARD_METHODS, decimal, PRICE_METHODS, RULE_SETS, SLICES, zAwardRule, zPriceRule } from '@app/evaluation';
import { lowestFirst } from './example/lowest-first.js';

const rule = { kind: 'lowest-first', full: '30', perPlace: '2' };

describe('the worked example of docs/extending.md', () => {
  it('gives points as its page says', () => {
    const bids = ['980000', '945000', '1200000'].map((price, index) => ({ party: `bidder-${index + 1}`, evaluated: decimal(price) }));
    const { of, benchmark } = lowestFirst.score(rule, { bids, quotes: [], k: null });
    expect(of.map(({ score }) => score.toFixed())).toEqual(['28', '30', '26']);
    expect([benchmark, lowestFirst.fullMarks(rule), lowestFirst.coefficient(rule)]).toEqual([null, '30', null]);
  });

  it('is printed in the page as it runs here', () => {
    const page = readFileSync(new URL('../../../docs/extending.md', import.meta.url), 'utf8');
    const source = readFileSync(new URL('./example/lowest-first.ts', import.meta.url), 'utf8');
    expect(page).toContain(source.slice(source.indexOf('export const')).trim());
  });

  it('refuses a rule of another kind', () => {
    expect(() => lowestFirst.fullMarks({ kind: 'low-price-first' })).toThrow();
  });
});

describe('the registries', () => {
  it('refuse a tender document with a kind that no line lists', () => {
    expect(zPriceRule.safeParse(rule).success).toBe(false);
    expect(zAwardRule.safeParse({ kind: 'lot-draw' }).success).toBe(false);
  });

  it('hold each kind once, and every kind that a rule set names', () => {
    const kinds: string[] = PRICE_METHODS.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(new Set(AWARD_METHODS.map(({ kind }) => kind)).size).toBe(AWARD_METHODS.length);
    for (const { priceRules } of RULE_SETS) for (const kind of priceRules) expect(kinds).toContain(kind);
  });

  it('hold slices that share no command, no event and no state', () => {
    for (const names of [
      SLICES.flatMap(({ commands }) => Object.keys(commands)),
      SLICES.flatMap(({ events }) => Object.keys(events)),
      SLICES.map(({ name }) => name),
    ])
      expect(new Set(names).size).toBe(names.length);
  });
});
