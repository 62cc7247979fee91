import { z } from 'zod';
import { decimal, exact, mean } from '../../../kernel/decimal.js';
import { need } from '../../../kernel/need.js';
import { trim } from '../../../law/trim.js';
import { zPositive } from '../fields.js';
import { coefficientOf, deviationFault, deviationFields, quotedPrices, scoredBy, zCoefficient, zShare } from '../deviation/fields.js';
import { priceMethod } from '../method.js';

const zRule = z.strictObject({
  kind: z.literal('benchmark-random'),
  ...deviationFields,
  k: zCoefficient,
  /** Prices that are drawn; all where there are fewer. */
  drawn: z.int().min(1).max(50),
  /** Of those drawn, dropped at each end. */
  low: z.int().min(0).max(10),
  high: z.int().min(0).max(10),
  /** The band lies around mean × this + C₀ × the rest … */
  meanPercent: zShare,
  /** … from so many percent of it to so many, both included. */
  bandLowPercent: zPositive,
  bandHighPercent: zPositive,
});

/**
 * M6 (domain.md §4.5), 随机抽取法: some prices inside a band are drawn, the ends of these dropped, and their mean times K is D. All prices are
 * in where none lies inside the band; where the drop would leave none, none is dropped.
 */
export const benchmarkRandomMethod = priceMethod({
  kind: 'benchmark-random',
  lawfulUnder: ['TENDER_LAW'],
  schema: zRule,
  fullMarks: ({ full }) => full,
  preference: 'bonus',
  fault: (rule) => {
    const wrong = deviationFault(rule);
    if (wrong !== null) return wrong;
    if (decimal(rule.bandLowPercent).gt(rule.bandHighPercent)) return `bandLowPercent: above ${rule.bandHighPercent}`;
    return rule.low + rule.high < rule.drawn ? null : `drawn: ${rule.low + rule.high} are dropped of ${rule.drawn}`;
  },
  coefficient: ({ k }) => k,
  drawsPrices: true,
  score: (rule, input) => {
    const prices = quotedPrices(input);
    const share = decimal(rule.meanPercent).div(100);
    const composite = mean(prices)
      .times(share)
      .plus(decimal(input.ceiling).times(decimal(1).minus(share)));
    const from = composite.times(rule.bandLowPercent).div(100);
    const to = composite.times(rule.bandHighPercent).div(100);
    const all = prices.map((_, index) => index);
    const inside = all.filter((index) => need(prices[index]).gte(from) && need(prices[index]).lte(to));
    const placeOf = (index: number): string => input.drawPlace(need(input.quotes[index]).party);
    const drawn = (inside.length === 0 ? all : inside)
      .sort((one, two) => (placeOf(one) < placeOf(two) ? -1 : 1))
      .slice(0, rule.drawn)
      .sort((one, two) => one - two);
    const { kept } = trim(
      drawn.map((index) => need(prices[index])),
      rule,
    );
    const left = kept.map((at) => need(drawn[at]));
    const average = mean(left.map((index) => need(prices[index])));
    const k = coefficientOf(rule.k, input.k);
    return scoredBy(rule, input, {
      dropped: all.filter((index) => !left.includes(index)),
      mean: average,
      k,
      price: average.times(k),
      steps: {
        composite: exact(composite),
        from: exact(from),
        to: exact(to),
        drawn: drawn.map((index) => need(input.quotes[index]).party).join(', '),
      },
    });
  },
});
