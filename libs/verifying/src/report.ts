import type { CheckResult, Wrong } from './findings.js';
import { firstWrong } from './findings.js';

/**
 * What the checks come to. `INCOMPLETE`: nothing is wrong in what is here, and something that a check needs is not here.
 */
export type Outcome = 'PASS' | 'FAIL' | 'INCOMPLETE' | 'CONSISTENT, NOT AUTHENTICATED' | 'UNREADABLE';

/** The process's exit status, the first that applies in this order. */
export const EXIT: Readonly<Record<Outcome, number>> = {
  UNREADABLE: 4,
  FAIL: 1,
  INCOMPLETE: 3,
  'CONSISTENT, NOT AUTHENTICATED': 2,
  PASS: 0,
};

export interface Report {
  readonly verdict: Outcome;
  readonly exit: number;
  readonly origin: string | null;
  readonly size: number;
  readonly checks: readonly CheckResult[];
  /** What of the log is missing, in a sentence; null when nothing is. */
  readonly missing: string | null;
  /** Result and award as this verifier computed them. */
  readonly award: readonly string[];
  /** What a reader must know beside the verdict: who was left out and why, who took whose place, what was ordered. */
  readonly notices: readonly string[];
  readonly first: Wrong | null;
  readonly limits: readonly string[];
}

/** What a PASS does not prove; printed with every report. */
const LIMITS: readonly string[] = [
  'that what people entered was true, or that a person rather than someone with his key signed it',
  "that the time, certificate status and registry facts recorded in a context were so: they are the main venue's signed word",
  'that nothing happened outside the system, or after the checkpoint of this archive',
  'anything about parts that are not visible or erased, beyond that they are the ones committed to',
];

export interface Concluded {
  readonly origin: string | null;
  readonly size: number;
  readonly award: readonly string[];
  readonly notices: readonly string[];
  readonly missing: string | null;
}

const NOTHING: Concluded = { origin: null, size: 0, award: [], notices: [], missing: null };

export function conclude(checks: readonly CheckResult[], about: Concluded, limits = LIMITS): Report {
  const first = firstWrong(checks.flatMap((check) => (check.first === null ? [] : [check.first])));
  const verdict = outcome(checks);
  return { ...about, verdict, exit: EXIT[verdict], checks, first, limits };
}

/** A file that is no archive or receipt at all, or a trust file that is none. */
export const unreadable = (where: string, reason: string): Report => ({
  ...NOTHING,
  verdict: 'UNREADABLE',
  exit: EXIT.UNREADABLE,
  checks: [],
  first: { where, seq: null, reason },
  limits: LIMITS,
});

function outcome(checks: readonly CheckResult[]): Outcome {
  const some = (verdict: CheckResult['verdict']): boolean => checks.some((check) => check.verdict === verdict);
  if (some('FAIL')) return 'FAIL';
  if (checks.some(({ isPartial }) => isPartial)) return 'INCOMPLETE';
  return some('NOT AUTHENTICATED') ? 'CONSISTENT, NOT AUTHENTICATED' : 'PASS';
}
