import type { z } from 'zod';

/** Members of an award committee, at most. */
export const AWARD_MEMBERS_MAX = 51;

/** What a round of votes came to. */
export interface Tally {
  /** Votes by candidate; every candidate of the round has a row. */
  readonly votes: Readonly<Record<string, number>>;
  /** `runOff`: candidates of the next round. */
  readonly outcome: { readonly winner: string } | { readonly runOff: readonly string[] };
}

/** One way to choose among the candidates. */
export interface AwardMethodSpec<K extends string, S extends z.ZodType<{ readonly kind: K }>> {
  readonly kind: K;
  readonly schema: S;
  /**
   * 评定分离: candidates are published without order, and an award committee of `members` chooses by sealed ballots (null: abstention),
   * which this counts. Absent where the ranking decides.
   */
  readonly tally?: (candidates: readonly string[], ballots: readonly (string | null)[], members: number) => Tally;
  /** Members of the award committee that the tender document plans; 0 without one. */
  readonly committeeSize: (rule: z.output<S>) => number;
}

/** The same for whoever holds a rule and does not know of which kind. */
export interface AwardMethod<K extends string, S extends z.ZodType<{ readonly kind: K }>> extends Omit<
  AwardMethodSpec<K, S>,
  'committeeSize'
> {
  readonly committeeSize: (rule: { readonly kind: string }) => number;
}

/** Reads a rule by the method's schema before the method sees it; throws on a rule of another kind. */
export const awardMethod = <K extends string, S extends z.ZodType<{ readonly kind: K }>>(
  spec: AwardMethodSpec<K, S>,
): AwardMethod<K, S> => ({ ...spec, committeeSize: (rule) => spec.committeeSize(spec.schema.parse(rule)) });
