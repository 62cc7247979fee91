import type { JsonObject } from '@app/contracts';
import { type Decimal, decimal, exact, fixed, mean, rounded, sum } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import { trim } from '../law/trim.js';
import type { RuleSet } from '../law/rule-set.js';
import { SCORE_PARTS, type ScoreItem, type ScorePart, type TenderRules } from '../lot/index.js';
import { competingClaims, evaluatedPrice } from './policy-deduction.js';
import { benchmark, deviation, deviationScore, lowPriceFirst } from './price-score.js';
import { rank } from './ranking.js';

/** Values by item of one member for one bidder. */
export type Scores = Readonly<Record<string, string>>;

export interface AggregationInput {
  readonly rules: Pick<TenderRules, 'price' | 'deductions' | 'items' | 'memberTrim' | 'candidates'>;
  readonly ties: RuleSet['ties'];
  /** Coefficient K as drawn; null where the rule fixes it or has none. */
  readonly k: string | null;
  /** Bids that are still valid, with the price as quoted. */
  readonly bids: readonly { readonly party: string; readonly price: string; readonly smallMicro: boolean; readonly domestic: boolean }[];
  /** Prices of all bids that passed the preliminary review: the frozen benchmark set. */
  readonly benchmarkSet: readonly { readonly party: string; readonly price: string }[];
  readonly members: readonly string[];
  /** member → bidder → item → value, for every item of the rules. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, Scores>>>>;
  readonly drawPlace: ((party: string) => string) | null;
}

/** 评分汇总表: everything between members' scores and ranks, as texts. Shown figures have two decimals; `exact` ones are unrounded to eight. */
export interface Aggregation extends JsonObject {
  readonly v: 1;
  readonly benchmark: (JsonObject & { readonly price: string; readonly exact: string }) | null;
  readonly rows: readonly AggregationRow[];
  /** Parties by rank, rank ≤ the number of candidates. */
  readonly candidates: readonly string[];
}
export interface AggregationRow extends JsonObject {
  readonly party: string;
  readonly price: string;
  readonly evaluatedPrice: string;
  readonly beta: string | null;
  readonly priceScore: string;
  readonly parts: Readonly<Record<string, PartResult>>;
  readonly total: string;
  readonly totalExact: string;
  readonly rank: number;
  readonly rankedBy: string | null;
}
export interface PartResult extends JsonObject {
  /** Part total of each member. */
  readonly members: Readonly<Record<string, string>>;
  /** Members whose total was dropped by 去掉最高最低. */
  readonly dropped: readonly string[];
  readonly score: string;
  readonly exact: string;
}

/** A member's total of one part for one bidder. Items without a value count nothing; sheets are complete before this is called. */
export const partTotal = (items: readonly ScoreItem[], part: ScorePart, scores: Scores | undefined): Decimal =>
  sum(items.filter((item) => item.part === part).map((item) => decimal(scores?.[item.id] ?? '0')));

interface PriceResult {
  readonly evaluated: Decimal;
  readonly beta: Decimal | null;
  readonly score: Decimal;
}

function priceResults(input: AggregationInput): { benchmark: Aggregation['benchmark']; of: (party: string) => PriceResult } {
  const { price: rule, deductions } = input.rules;
  const competing = competingClaims(input.bids);
  const evaluated = new Map(
    input.bids.map((bid) => {
      const claims = { smallMicro: bid.smallMicro && competing.smallMicro, domestic: bid.domestic && competing.domestic };
      const price = decimal(bid.price);
      return [bid.party, deductions === null ? price : evaluatedPrice(price, claims, deductions)] as const;
    }),
  );
  if (rule.kind === 'low-price-first') {
    const lowest = [...evaluated.values()].reduce((low, price) => (price.lt(low) ? price : low));
    const of = (party: string): PriceResult => {
      const price = need(evaluated.get(party));
      return { evaluated: price, beta: null, score: lowPriceFirst(price, lowest, decimal(rule.weight)) };
    };
    return { benchmark: null, of };
  }
  const k = decimal('fixed' in rule.k ? rule.k.fixed : (input.k ?? '1'));
  const set = input.benchmarkSet;
  const base = benchmark(
    set.map((bid) => decimal(bid.price)),
    rule.trim,
    k,
  );
  const of = (party: string): PriceResult => {
    const price = need(evaluated.get(party));
    const beta = deviation(price, base.price, rule.betaDecimals);
    return { evaluated: price, beta, score: deviationScore(beta, rule) };
  };
  const shown = {
    set: set.map((bid) => ({ party: bid.party, price: bid.price })),
    dropped: base.dropped.map((index) => need(set[index]).party),
    mean: fixed(base.mean),
    k: k.toFixed(),
    price: fixed(base.price),
    exact: exact(base.price),
  };
  return { benchmark: shown, of };
}

function partResult(input: AggregationInput, part: ScorePart, party: string): { score: Decimal; shown: PartResult } {
  const totals = input.members.map((member) => partTotal(input.rules.items, part, input.scores[member]?.[party]));
  const { kept, dropped } = trim(totals, input.rules.memberTrim);
  const score = mean(kept.map((index) => need(totals[index])));
  const shown = {
    members: Object.fromEntries(input.members.map((member, index) => [member, need(totals[index]).toFixed()])),
    dropped: dropped.map((index) => need(input.members[index])),
    score: fixed(score),
    exact: exact(score),
  };
  return { score, shown };
}

/**
 * 汇总: price scores, members' means, totals, ranks, candidates. Every part stays unrounded and the total is rounded once;
 * ties are judged on the rounded total, the one everybody reads. Needs at least one bid, one member and one benchmark price.
 */
export function aggregate(input: AggregationInput): Aggregation {
  const prices = priceResults(input);
  const parts = SCORE_PARTS.filter((part) => input.rules.items.some((item) => item.part === part));
  const computed = input.bids.map((bid) => {
    const price = prices.of(bid.party);
    const results = parts.map((part) => ({ part, ...partResult(input, part, bid.party) }));
    const total = sum([price.score, ...results.map((result) => result.score)]);
    return { bid, price, results, total };
  });
  const placed = rank(
    computed.map(({ bid, results, total }) => ({
      party: bid.party,
      total: rounded(total),
      price: decimal(bid.price),
      technical: rounded(results.find((result) => result.part === 'technical')?.score ?? decimal(0)),
    })),
    input.ties,
    input.drawPlace,
  );
  const rows = placed.map(({ party, rank: place, by }): AggregationRow => {
    const { bid, price, results, total } = need(computed.find((entry) => entry.bid.party === party));
    const decimals = input.rules.price.kind === 'benchmark-deviation' ? (input.rules.price.betaDecimals ?? 8) : 8;
    return {
      party,
      price: fixed(decimal(bid.price)),
      evaluatedPrice: fixed(price.evaluated),
      beta: price.beta === null ? null : fixed(price.beta, decimals),
      priceScore: fixed(price.score),
      priceScoreExact: exact(price.score),
      parts: Object.fromEntries(results.map((result) => [result.part, result.shown])),
      total: fixed(total),
      totalExact: exact(total),
      rank: place,
      rankedBy: by,
    };
  });
  const candidates = rows.filter((row) => row.rank <= input.rules.candidates).map((row) => row.party);
  return { v: 1, benchmark: prices.benchmark, rows, candidates };
}
