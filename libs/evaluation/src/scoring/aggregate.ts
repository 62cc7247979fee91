import { type Decimal, decimal, exact, fixed, mean, rounded, sum } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import { trim } from '../law/trim.js';
import type { RuleSet } from '../law/rule-set.js';
import { SCORE_PARTS, type ScoreItem, type ScorePart, type TenderRules } from '../lot/index.js';
import { competingClaims, evaluatedPrice } from './policy-deduction.js';
import { priceMethodOf } from './methods/index.js';
import type { PartResult, Result, ResultRow } from './result.js';
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

/** A member's total of one part for one bidder. Items without a value count nothing; sheets are complete before this is called. */
const partTotal = (items: readonly ScoreItem[], part: ScorePart, scores: Scores | undefined): Decimal =>
  sum(items.filter((item) => item.part === part).map((item) => decimal(scores?.[item.id] ?? '0')));

/** Prices after policy deductions, in the order of the bids. */
function evaluatedPrices({ rules: { deductions }, bids }: AggregationInput): Decimal[] {
  const competing = competingClaims(bids);
  return bids.map((bid) => {
    const claims = { smallMicro: bid.smallMicro && competing.smallMicro, domestic: bid.domestic && competing.domestic };
    const price = decimal(bid.price);
    return deductions === null ? price : evaluatedPrice(price, claims, deductions);
  });
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
export function aggregate(input: AggregationInput): Result {
  const evaluated = evaluatedPrices(input);
  const prices = priceMethodOf(input.rules.price).score(input.rules.price, {
    bids: input.bids.map(({ party }, index) => ({ party, evaluated: need(evaluated[index]) })),
    quotes: input.benchmarkSet,
    k: input.k,
  });
  const parts = SCORE_PARTS.filter((part) => input.rules.items.some((item) => item.part === part));
  const computed = input.bids.map((bid, index) => {
    const price = { evaluated: need(evaluated[index]), ...need(prices.of[index]) };
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
  const rows = placed.map(({ party, rank: place, by }): ResultRow => {
    const { bid, price, results, total } = need(computed.find((entry) => entry.bid.party === party));
    return {
      party,
      price: fixed(decimal(bid.price)),
      evaluatedPrice: fixed(price.evaluated),
      beta: price.beta,
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
