import type { z } from 'zod';
import type { Regime } from '../../law/rule-set.js';
import type { Decimal } from '../../kernel/decimal.js';

/** What a price method works on. Prices in CNY. */
export interface PriceInput {
  /** Bids that are still valid, with the price to be scored: after deductions, or as quoted. At least one. */
  readonly bids: readonly { readonly party: string; readonly evaluated: Decimal }[];
  /** Quotes of all bids that passed the preliminary review: frozen with it. */
  readonly quotes: readonly { readonly party: string; readonly price: string }[];
  /** CoefficientRule of the opening; null where the method has none. */
  readonly k: string | null;
  /** 最高投标限价, CNY. */
  readonly ceiling: string;
  /** For a method that `drawsPrices`: a bidder's place in the draw, as text that sorts; no two are equal, and nobody could bend it. */
  readonly drawPlace: (party: string) => string;
  /** Decimals that the document rounds the benchmark to before it measures; null: none. */
  readonly benchmarkDecimals: number | null;
}

/** How the benchmark price came about, as the calculation table shows it. */
interface ShownBenchmark {
  readonly set: { party: string; price: string }[];
  readonly dropped: string[];
  readonly mean: string;
  readonly k: string;
  readonly price: string;
  /** Unrounded to eight decimals. */
  readonly exact: string;
  /** Figures on the way that only this method has, by name. */
  readonly steps?: Record<string, string>;
}

export interface PriceScores {
  readonly benchmark: ShownBenchmark | null;
  /** Points of each bid, unrounded, in the order given; `beta`: its deviation as shown, where the method has one. */
  readonly of: readonly { readonly score: Decimal; readonly beta: string | null }[];
}

/** A coefficient that the opening fixes: the document's value, or the values one is drawn from in public. */
export type CoefficientRule = { readonly fixed: string } | { readonly drawn: readonly string[] };

/** One way to give points for a price: everything that anybody asks of it. `R`: its parameters in the tender document. */
export interface PriceMethodSpec<K extends string, S extends z.ZodType<{ readonly kind: K }>> {
  readonly kind: K;
  /** Laws that allow it. A rule set freezes the kinds of its law. */
  readonly lawfulUnder: readonly Regime[];
  readonly schema: S;
  /** Left out: by the total of points. */
  readonly ranksBy?: 'evaluated-price';
  readonly fullMarks: (rule: z.output<S>) => string;
  /**
   * How a preference of policy reaches the score: the price is lowered before it is scored, or the quoted price is scored and the score
   * raised (财库〔2020〕46号 9), or not at all, since the price has no score.
   */
  readonly preference: 'deduction' | 'bonus' | 'none';
  /** What contradicts itself in the parameters, as `<field>: <reason>`; null when nothing does. Asked at publication. */
  readonly fault?: (rule: z.output<S>) => string | null;
  /** Null where the method has none. */
  readonly coefficient: (rule: z.output<S>) => CoefficientRule | null;
  /** Draws among the prices, so that nonces are sealed and opened in the hall even where its coefficient is fixed; it has one. */
  readonly drawsPrices?: true;
  readonly score: (rule: z.output<S>, input: PriceInput) => PriceScores;
}

interface SomeRule {
  readonly kind: string;
}
/** The same for whoever holds a rule and does not know of which kind. */
export interface PriceMethod<K extends string, S extends z.ZodType<{ readonly kind: K }>> {
  readonly kind: K;
  readonly lawfulUnder: readonly Regime[];
  readonly schema: S;
  readonly ranksBy: 'total' | 'evaluated-price';
  readonly preference: 'deduction' | 'bonus' | 'none';
  readonly fullMarks: (rule: SomeRule) => string;
  readonly fault: (rule: SomeRule) => string | null;
  readonly coefficient: (rule: SomeRule) => CoefficientRule | null;
  readonly drawsPrices: boolean;
  readonly score: (rule: SomeRule, input: PriceInput) => PriceScores;
}

/** Reads a rule by the method's schema before the method sees it; throws on a rule of another kind. */
export const priceMethod = <K extends string, S extends z.ZodType<{ readonly kind: K }>>(
  spec: PriceMethodSpec<K, S>,
): PriceMethod<K, S> => ({
  kind: spec.kind,
  lawfulUnder: spec.lawfulUnder,
  schema: spec.schema,
  ranksBy: spec.ranksBy ?? 'total',
  preference: spec.preference,
  fullMarks: (rule) => spec.fullMarks(spec.schema.parse(rule)),
  fault: (rule) => spec.fault?.(spec.schema.parse(rule)) ?? null,
  coefficient: (rule) => spec.coefficient(spec.schema.parse(rule)),
  drawsPrices: spec.drawsPrices ?? false,
  score: (rule, input) => spec.score(spec.schema.parse(rule), input),
});
