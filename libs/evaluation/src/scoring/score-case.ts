import { zDecimal, zName } from '@app/contracts';
import { z } from 'zod';
import { decimal, fixed } from '../kernel/decimal.js';
import { zPrice } from '../kernel/fields.js';
import { firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { REGIMES } from '../law/rule-set.js';
import { resolveRuleSet } from '../law/rule-sets.js';
import { itemsFault, zTenderRules } from '../lot/index.js';
import { type LowPriceTrigger, lowPriceTriggers } from '../motions/index.js';
import { aggregate, type Aggregation } from './aggregate.js';
import { type Dues, duesOf } from './dues.js';
import { priceMethodOf } from './methods/index.js';

const zCaseBid = z.strictObject({
  party: zName,
  price: zPrice,
  smallMicro: z.boolean().default(false),
  smallPartner: z.boolean().default(false),
  domestic: z.boolean().default(false),
  /** Of the core product (87号令 31); null: the document names none. */
  brand: z.string().max(200).nullable().default(null),
  /** Rejected after the review: its price stays in the benchmark, it has no rank. */
  isRejected: z.boolean().default(false),
});

/** A worked case (docs/score-cases.md): what the tender document says, who bids what, what members give. */
export const zScoreCase = z.strictObject({
  v: z.literal(1),
  title: z.string().max(200).default(''),
  regime: z.enum(REGIMES),
  jurisdiction: z.string().default('CN'),
  /** Day on which the tender document was published (China): which version of the law applies. */
  publishedOn: z.iso.date(),
  rules: zTenderRules.pick({
    method: true,
    ceiling: true,
    price: true,
    deductions: true,
    items: true,
    memberTrim: true,
    rounding: true,
    candidates: true,
    ties: true,
  }),
  /** The value that was drawn for a coefficient. */
  k: zDecimal.nullable().default(null),
  bids: z.array(zCaseBid).min(1).max(1_000),
  /** member → bidder → item → value, for every item of the rules. */
  sheets: z.record(zName, z.record(zName, z.record(zName, zDecimal))),
  /** Bidders in the order in which the lot draws them. Left out: as they stand in `bids`. */
  draw: z.array(zName).default([]),
});
export type ScoreCase = z.infer<typeof zScoreCase>;

/** Everything that the rules make of a case. */
export interface ScoredCase extends Aggregation {
  readonly ok: true;
  readonly ruleSet: string;
  /** What a committee would still owe before its part closes: differences on objective items, outliers without a reason. */
  readonly dues: Dues;
  /** 异常低价: which bids start a review, and by which comparison. */
  readonly lowPrices: readonly { readonly party: string; readonly triggers: readonly LowPriceTrigger[] }[];
}

/** 试算 of a file: by the functions that lots are ranked with. Refuses what no lot could be published, or closed, with. */
export function scoreCase(given: unknown): ScoredCase | Refused {
  const read = zScoreCase.safeParse(given);
  if (!read.success) return refuse('E_INPUT', firstIssue(read.error));
  const { data } = read;
  const { rules, regime, jurisdiction, publishedOn, bids, sheets, k } = data;
  const ruleSet = resolveRuleSet(regime, jurisdiction, publishedOn);
  if (ruleSet === null) return refuse('E_INPUT', `publishedOn: ${jurisdiction} has no rules of ${regime} on ${publishedOn}`);
  const fault = caseFault(data, ruleSet.priceRules) ?? sheetsFault(data);
  if (fault !== null) return fault;
  const valid = bids.filter(({ isRejected }) => !isRejected);
  const found = aggregate({
    rules,
    ties: ruleSet.ties,
    k,
    bids: valid,
    expired: [],
    reviewed: bids,
    members: Object.keys(sheets),
    scores: sheets,
    drawPlace: placeIn(data),
  });
  if (!('result' in found)) return found;
  const { outlierPercent, lowPrice } = ruleSet.thresholds;
  const dues = duesOf({
    items: rules.items,
    bidders: valid.map(({ party }) => party),
    sheets,
    confirmed: new Set(),
    explained: new Set(),
    outlierPercent,
  });
  // A bid that was rejected after the review counts in the means as it does in a lot, and starts no review itself.
  const prices = bids.map(({ price }) => decimal(price));
  const triggers = lowPrice === null ? [] : lowPriceTriggers(prices, decimal(rules.ceiling), lowPrice);
  const lowPrices = bids.flatMap(({ party, isRejected }, index) => {
    const of = triggers[index] ?? [];
    return isRejected || of.length === 0 ? [] : [{ party, triggers: of }];
  });
  return { ok: true, ruleSet: ruleSet.id, ...found, dues, lowPrices };
}

const PLACE_DIGITS = 4;
function placeIn({ draw, bids }: ScoreCase): (party: string) => string {
  const order = [...new Set([...draw, ...bids.map(({ party }) => party)])];
  return (party) => String(order.indexOf(party)).padStart(PLACE_DIGITS, '0');
}

function caseFault({ rules, k, bids, draw }: ScoreCase, priceRules: readonly string[]): Refused | null {
  const { price, ceiling } = rules;
  if (!priceRules.includes(price.kind)) return refuse('E_INPUT', `rules.price: ${price.kind} is not lawful here`);
  const wrong = priceMethodOf(price).fault(price);
  if (wrong !== null) return refuse('E_INPUT', `rules.price.${wrong}`);
  const items = itemsFault({ ...rules, review: [] });
  if (items !== null) return refuse(items.code, items.message);
  const drawn = priceMethodOf(price).coefficient(price);
  if (drawn !== null && 'drawn' in drawn && (k === null || !drawn.drawn.includes(k)))
    return refuse('E_INPUT', `k: one of ${drawn.drawn.join(', ')} is drawn`);
  const parties = bids.map(({ party }) => party);
  const twice = parties.find((party, index) => parties.indexOf(party) !== index);
  if (twice !== undefined) return refuse('E_INPUT', `bids: ${twice} stands there twice`);
  const stranger = draw.find((party) => !parties.includes(party));
  if (stranger !== undefined) return refuse('E_INPUT', `draw: ${stranger} has no bid`);
  if (bids.every(({ isRejected }) => isRejected)) return refuse('E_INPUT', 'bids: every bid is rejected');
  const above = bids.find((bid) => decimal(bid.price).gt(ceiling));
  // 条例 51(5), 87号令 63(4): such a bid is out in the review, so it would be in no ranking and in no benchmark.
  return above === undefined
    ? null
    : refuse('E_PRICE_ABOVE_CEILING', `bids: ${above.party} asks ${above.price}, above the ceiling of ${ceiling}`);
}

/** Every member gives a value of the grid for every item and every bid that is ranked. */
function sheetsFault({ rules: { items, memberTrim }, bids, sheets }: ScoreCase): Refused | null {
  const members = Object.keys(sheets);
  if (members.length === 0) return refuse('E_INPUT', 'sheets: name a member');
  if (memberTrim.low + memberTrim.high >= members.length)
    return refuse('E_INPUT', `rules.memberTrim: ${memberTrim.low + memberTrim.high} of ${members.length} scores leave none`);
  const { invalid } = duesOf({
    items,
    bidders: bids.filter(({ isRejected }) => !isRejected).map(({ party }) => party),
    sheets,
    confirmed: new Set(),
    explained: new Set(),
    outlierPercent: '100',
  });
  const [first] = invalid;
  if (first === undefined) return null;
  const value = sheets[first.member]?.[first.bidder]?.[first.item];
  const spec = items.find(({ id }) => id === first.item);
  const path = `sheets.${first.member}.${first.bidder}.${first.item}`;
  if (value === undefined) return refuse('E_INPUT', `${path}: missing`);
  return refuse(
    'E_SCORE_RANGE',
    `${path}: ${value} is no value of this item (${spec?.min ?? ''} to ${spec?.max ?? ''} in steps of ${spec?.step ?? ''})`,
  );
}

/** What a case comes to, one line each, for whoever reads text. */
export function caseLines(scored: ScoredCase): string[] {
  const { result, memberScores, dues, lowPrices, ruleSet } = scored;
  const { benchmark } = result;
  return [
    `rules ${ruleSet}`,
    ...(benchmark === null
      ? []
      : [
          `benchmark ${benchmark.price} (exact ${benchmark.exact}): mean ${benchmark.mean} of ${String(benchmark.set.length - benchmark.dropped.length)} prices, K ${benchmark.k}, without ${benchmark.dropped.join(', ') || 'none dropped'}`,
          ...Object.entries(benchmark.steps ?? {}).map(([name, value]) => `  ${name}: ${value}`),
        ]),
    ...result.rows.flatMap((row) => [
      `${row.rank}. ${row.party}: price ${row.price}, evaluated ${row.evaluatedPrice}` +
        (result.ranksBy === undefined ? `, price score ${row.priceScore}, total ${row.total} (exact ${row.totalExact})` : '') +
        (row.beta === null ? '' : `, deviation ${row.beta} %`) +
        (row.rankedBy === null ? '' : `, by ${row.rankedBy}`),
      ...(row.adjustments ?? []).map(({ item, figure, amount }) => `   adjustment ${item}: ${figure} → ${amount}`),
      ...Object.entries(row.parts).map(([part, { score, exact }]) => {
        const by = memberScores.bids[row.party]?.[part];
        const given = Object.entries(by?.members ?? {}).map(([member, points]) => `${member} ${points}`);
        return `   ${part} ${score} (exact ${exact}): ${given.join(', ')}${by === undefined || by.dropped.length === 0 ? '' : `, dropped ${by.dropped.join(', ')}`}`;
      }),
    ]),
    `candidates ${result.candidates.join(', ')}`,
    ...dues.mismatches.map(({ bidder, item, owing }) => `objective item ${item} of ${bidder} differs: ${owing.join(', ')}`),
    ...dues.outliers.map(
      ({ member, bidder, percent }) =>
        `outlier: ${member} on ${bidder}, ${percent === null ? 'beside zeros' : `${fixed(decimal(percent))} %`}`,
    ),
    ...lowPrices.map(({ party, triggers }) => `abnormally low: ${party}, ${triggers.join(', ')}`),
  ];
}
