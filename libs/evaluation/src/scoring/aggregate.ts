import { type Decimal, decimal, exact, fixed, mean, rounded, sum } from '../kernel/decimal.js';
import { need } from '../kernel/need.js';
import { refuse, type Refused } from '../kernel/slice.js';
import { trim } from '../law/trim.js';
import type { TieRule } from '../law/rule-set.js';
import { adjustmentOf, pointsOf, SCORE_PARTS, type ScoreItem, type ScorePart, type TenderRules } from '../lot/index.js';
import { evaluatedPrice, isDomesticContested, type PolicyClaims, scoreBonus } from './policy-deduction.js';
import { priceMethodOf } from './methods/index.js';
import type { MemberScores, Result, ResultRow } from './result.js';
import { rank, yieldingOf } from './ranking.js';

/** Values by item of one member for one bidder. */
export type Scores = Readonly<Record<string, string>>;

interface PricedBid extends PolicyClaims {
  readonly party: string;
  /** As quoted, CNY; as corrected where an arithmetic correction (算术修正) binds. */
  readonly price: string;
  /** As quoted, where it was corrected. */
  readonly quoted?: string;
  /** Of the core product; null where the document names none. */
  readonly brand: string | null;
}

export interface AggregationInput {
  readonly rules: Pick<TenderRules, 'price' | 'deductions' | 'items' | 'memberTrim' | 'candidates' | 'ties' | 'ceiling' | 'rounding'>;
  /** Tie rules of the law, before the document's. */
  readonly ties: readonly TieRule[];
  /** Coefficient K as drawn; null where the rule fixes it or has none. */
  readonly k: string | null;
  /** Bids that are still valid. */
  readonly bids: readonly PricedBid[];
  /** Bids that passed the review and ended since, with their ends: they have no rank. */
  readonly expired: readonly { readonly party: string; readonly until: string }[];
  /** All bids that passed the preliminary review: with it the prices of the benchmark are frozen, and who competes with whom. */
  readonly reviewed: readonly Pick<PricedBid, 'party' | 'price' | 'domestic'>[];
  readonly members: readonly string[];
  /** member → bidder → item → value, for every item of the rules. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, Scores>>>>;
  /** A bidder's place in a draw: the committee's for ties, the hall's for a method that `drawsPrices`; no two are equal. */
  readonly drawPlace: (party: string, purpose: 'tie' | 'benchmark') => string;
}

/** What an aggregation finds: the table for everybody, and the members' scores that it comes from. */
export interface Aggregation {
  readonly result: Result;
  readonly memberScores: MemberScores;
}

type Worth = (item: ScoreItem, value: string) => Decimal;
/** Points of values. The same ones come in thousands of cells, and reading a decimal takes longer than adding it: each is read once. */
function worthReader(): Worth {
  const known = new Map<ScoreItem['type'], Map<string, Decimal>>();
  return (item, value) => {
    let ofType = known.get(item.type);
    if (ofType === undefined) known.set(item.type, (ofType = new Map<string, Decimal>()));
    let points = ofType.get(value);
    if (points === undefined) ofType.set(value, (points = pointsOf(item, value)));
    return points;
  };
}

/** A member's total of one part for one bidder. Items without a value count nothing; sheets are complete before this is called. */
function partTotal(items: readonly ScoreItem[], scores: Scores | undefined, worth: Worth): Decimal {
  let total = decimal(0);
  for (const item of items) {
    const value = scores?.[item.id];
    if (value !== undefined) total = total.plus(worth(item, value));
  }
  return total;
}

/** Rounded where the document says so. */
const staged = (value: Decimal, decimals: number | undefined): Decimal => (decimals === undefined ? value : rounded(value, decimals));

const NO_DEDUCTIONS = { smallMicro: '0', domestic: '0' } as const;

/** 价格调整: what an item adds to a price, as the members' mean figure says; they hold one, or each stands by his with evidence. */
function adjustmentsOf({ rules, members, scores }: AggregationInput, { party, price }: PricedBid): Adjustment[] {
  return rules.items
    .filter(({ type }) => type?.kind === 'ADJUSTMENT')
    .map((item) => {
      const figure = mean(members.map((member) => decimal(scores[member]?.[party]?.[item.id] ?? '0')));
      return { item: item.id, figure, amount: adjustmentOf(item, figure.toFixed(), decimal(price)) };
    });
}

interface Adjustment {
  readonly item: string;
  readonly figure: Decimal;
  /** CNY, unrounded. */
  readonly amount: Decimal;
}

interface PricePoints {
  readonly evaluated: Decimal;
  readonly adjustments: readonly Adjustment[];
  readonly beta: string | null;
  readonly bonus: Decimal;
  /** With the bonus. */
  readonly score: Decimal;
}

/** Price scores in the order of the bids; preferences reach them in the way that the method takes. */
function pricePoints(input: AggregationInput): { benchmark: Result['benchmark']; of: PricePoints[] } | Refused {
  const { rules, bids, reviewed, k } = input;
  const method = priceMethodOf(rules.price);
  const rates = rules.deductions ?? NO_DEDUCTIONS;
  const isContested = isDomesticContested(reviewed);
  const claims = bids.map((bid) => ({ ...bid, domestic: bid.domestic && isContested }));
  const isDeducted = method.preference === 'deduction';
  const adjustments = bids.map((bid) => adjustmentsOf(input, bid));
  const evaluated = bids.map(({ price }, index) => {
    const quoted = decimal(price);
    const deducted = isDeducted ? evaluatedPrice(quoted, need(claims[index]), rates) : quoted;
    return deducted.plus(sum(need(adjustments[index]).map(({ amount }) => amount)));
  });
  const worthless = bids.find((_, index) => need(evaluated[index]).lte(0));
  if (worthless !== undefined)
    return refuse('E_NOT_RANKABLE', `${worthless.party}: after deductions nothing is left of the price of ${worthless.price}`);
  const { benchmark, of } = method.score(rules.price, {
    bids: bids.map(({ party }, index) => ({ party, evaluated: need(evaluated[index]) })),
    quotes: reviewed,
    k,
    ceiling: rules.ceiling,
    drawPlace: (party) => input.drawPlace(party, 'benchmark'),
    benchmarkDecimals: rules.rounding?.benchmark ?? null,
  });
  const points = of.map(({ score, beta }, index): PricePoints => {
    const bonus = isDeducted ? decimal(0) : scoreBonus(score, need(claims[index]), rates);
    const points = staged(score.plus(bonus), rules.rounding?.priceScore);
    return { evaluated: need(evaluated[index]), adjustments: need(adjustments[index]), beta, bonus, score: points };
  });
  return { benchmark, of: points };
}

interface PartPoints {
  readonly part: ScorePart;
  readonly score: Decimal;
  readonly by: MemberScores['bids'][string][string];
}

function partPoints(input: AggregationInput, part: ScorePart, party: string, worth: Worth): PartPoints {
  const items = input.rules.items.filter((item) => item.part === part);
  const totals = input.members.map((member) => partTotal(items, input.scores[member]?.[party], worth));
  const { kept, dropped } = trim(totals, input.rules.memberTrim);
  const by = {
    members: Object.fromEntries(input.members.map((member, index) => [member, need(totals[index]).toFixed()])),
    dropped: dropped.map((index) => need(input.members[index])),
  };
  return { part, score: staged(mean(kept.map((index) => need(totals[index]))), input.rules.rounding?.parts), by };
}

const shownAdjustment = ({ item, figure, amount }: Adjustment): NonNullable<ResultRow['adjustments']>[number] => ({
  item,
  figure: exact(figure),
  amount: fixed(amount),
});

/**
 * 汇总: price scores, members' means, totals, ranks, candidates. Every part stays unrounded and the total is rounded once; ties are judged
 * on the rounded total, the one everybody reads. Needs at least one bid, one member and one reviewed bid; refuses what cannot be ranked.
 */
export function aggregate(input: AggregationInput): Aggregation | Refused {
  const prices = pricePoints(input);
  if (!('of' in prices)) return prices;
  const { ranksBy } = priceMethodOf(input.rules.price);
  const parts = ranksBy === 'total' ? SCORE_PARTS.filter((part) => input.rules.items.some((item) => item.part === part)) : [];
  const worth = worthReader();
  const computed = input.bids.map((bid, index) => {
    const price = need(prices.of[index]);
    const results = parts.map((part) => partPoints(input, part, bid.party, worth));
    return { bid, price, results, total: sum([price.score, ...results.map(({ score }) => score)]) };
  });
  const strange = computed.find(({ price, total }) => !total.isFinite() || !price.evaluated.isFinite());
  if (strange !== undefined) return refuse('E_NOT_RANKABLE', `${strange.bid.party}: a score of this bid is no number`);
  const contenders = computed.map(({ bid, price, results, total }) => ({
    party: bid.party,
    brand: bid.brand,
    total: rounded(total),
    evaluated: rounded(price.evaluated),
    price: decimal(bid.price),
    technical: rounded(results.find(({ part }) => part === 'technical')?.score ?? decimal(0)),
    place: input.drawPlace(bid.party, 'tie'),
  }));
  // 87号令 57 sets a tie rule between equal totals; 56, between equal evaluated prices, sets none before the document's.
  const placed = rank(contenders, ranksBy === 'total' ? [...input.ties, ...input.rules.ties] : input.rules.ties, ranksBy);
  const yielding = yieldingOf(contenders, input.rules.ties, ranksBy);
  const rows = placed.map(({ party, rank: place, by }): ResultRow => {
    const { bid, price, results, total } = need(computed.find((entry) => entry.bid.party === party));
    return {
      party,
      price: fixed(decimal(bid.price)),
      ...(bid.quoted === undefined ? {} : { quoted: fixed(decimal(bid.quoted)) }),
      evaluatedPrice: fixed(price.evaluated),
      ...(price.adjustments.length === 0 ? {} : { adjustments: price.adjustments.map(shownAdjustment) }),
      beta: price.beta,
      bonus: exact(price.bonus),
      priceScore: fixed(price.score),
      priceScoreExact: exact(price.score),
      parts: Object.fromEntries(results.map(({ part, score }) => [part, { score: fixed(score), exact: exact(score) }])),
      total: fixed(total),
      totalExact: exact(total),
      rank: place,
      rankedBy: by,
      ...(yielding.has(party) ? { yieldsTo: need(yielding.get(party)) } : {}),
    };
  });
  const candidates = rows
    .filter(({ party }) => !yielding.has(party))
    .slice(0, input.rules.candidates)
    .map((row) => row.party);
  const byParty = computed.map(({ bid, results }) => [bid.party, Object.fromEntries(results.map(({ part, by }) => [part, by]))] as const);
  return {
    result: {
      v: 2,
      ...(ranksBy === 'total' ? {} : { ranksBy }),
      benchmark: prices.benchmark,
      rows,
      candidates,
      ...(input.expired.length === 0 ? {} : { expired: input.expired.map((one) => ({ ...one })) }),
    },
    memberScores: { v: 1, bids: Object.fromEntries(byParty) },
  };
}
