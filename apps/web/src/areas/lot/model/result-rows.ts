import { decimal, rejectedLater, resultOf, reviewResult, SCORE_PARTS, type LotState, type ScorePart } from '@app/evaluation';

interface ResultRow {
  readonly bidder: string;
  readonly rank: number;
  readonly price: string;
  readonly priceScore: string;
  readonly scores: Readonly<Partial<Record<ScorePart, string>>>;
  readonly total: string;
  /** 评标价. */
  readonly evaluatedPrice: string;
  /** What was added to the price, by the title of its item. */
  readonly adjustments: readonly { readonly title: string; readonly amount: string }[];
  readonly isCandidate: boolean;
  /** The bidder of the same brand who is recommended in its place; null: none. */
  readonly yieldsTo: string | null;
}
/** A figure on the way to the benchmark price that this method alone has. */
interface BenchmarkStep {
  /** The name that the method gives it, or the bidder whose price it removed. */
  readonly of: { readonly step: string } | { readonly bidder: string };
  readonly is: { readonly figure: string } | { readonly bidders: readonly string[] };
}
/** How the 评标基准价 came about. */
interface Benchmark {
  readonly price: string;
  readonly mean: string;
  readonly k: string;
  /** Of the bidders whose prices count; the dropped ones among them. */
  readonly count: number;
  readonly dropped: readonly string[];
  readonly steps: readonly BenchmarkStep[];
}
export interface ResultBoard {
  readonly parts: readonly ScorePart[];
  /** By rank. */
  readonly rows: readonly ResultRow[];
  readonly rejected: readonly { readonly bidder: string; readonly reasons: readonly string[] }[];
  /** Bids without a rank since their validity ended before the ranking. */
  readonly expired: readonly { readonly party: string; readonly until: string }[];
  readonly benchmark: Benchmark | null;
  /** Kind of the price method. */
  readonly method: string | null;
  /** Nobody has points: the lowest evaluated price is first (标价比较表). */
  readonly isByPrice: boolean;
  /** Entry that holds the result. */
  readonly seq: number;
}

function stepOf({ parties }: LotState, name: string, value: string): BenchmarkStep {
  const named = value === '' ? [] : value.split(', ');
  return {
    of: Object.hasOwn(parties, name) ? { bidder: name } : { step: name },
    is: named.every((party) => Object.hasOwn(parties, party)) ? { bidders: named } : { figure: value },
  };
}

/** The aggregated result as this reader may see it: `none` before there is one, `hidden` where it is not his to see. */
export function resultBoard(state: LotState): ResultBoard | 'none' | 'hidden' {
  const { aggregated } = state.scoring;
  if (aggregated === null) return 'none';
  const result = resultOf(state);
  if (result === null) return 'hidden';
  const { rows, benchmark, candidates } = result;
  const parts = SCORE_PARTS.filter((part) => rows.some((row) => Object.hasOwn(row.parts, part)));
  return {
    parts,
    rows: rows
      .map((row) => ({
        bidder: row.party,
        rank: row.rank,
        price: row.price,
        priceScore: row.priceScore,
        scores: Object.fromEntries(parts.map((part) => [part, row.parts[part]?.score ?? ''])),
        total: row.total,
        evaluatedPrice: row.evaluatedPrice,
        adjustments: (row.adjustments ?? [])
          .filter(({ amount }) => !decimal(amount).isZero())
          .map(({ item, amount }) => ({ title: state.setup.rules?.items.find(({ id }) => id === item)?.title ?? item, amount })),
        isCandidate: candidates.includes(row.party),
        yieldsTo: row.yieldsTo ?? null,
      }))
      .sort((a, b) => a.rank - b.rank),
    rejected: [
      ...(reviewResult(state)?.rejected ?? []).map(({ bidder, reasons }) => ({
        bidder,
        reasons: [...new Set(reasons.map((one) => one.reason))],
      })),
      ...rejectedLater(state).map(({ bidder, reason }) => ({ bidder, reasons: [reason] })),
    ],
    expired: result.expired ?? [],
    benchmark:
      benchmark === null
        ? null
        : {
            price: benchmark.price,
            mean: benchmark.mean,
            k: benchmark.k,
            count: benchmark.set.length,
            dropped: benchmark.dropped,
            steps: Object.entries(benchmark.steps ?? {}).map(([name, value]) => stepOf(state, name, value)),
          },
    method: state.setup.rules?.price.kind ?? null,
    isByPrice: result.ranksBy === 'evaluated-price',
    seq: aggregated.seq,
  };
}
