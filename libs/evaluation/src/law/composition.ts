import type { ErrorCode } from '@app/contracts';
import { decimal } from '../kernel/decimal.js';
import type { RuleSet } from './rule-set.js';

export interface Composition {
  readonly members: number;
  readonly representatives: number;
  /** Budget in CNY where the regime's size depends on it. */
  readonly budget?: string;
  readonly waterWorks?: boolean;
}

/** Experts a committee of n needs at least: ceil(2n/3) (招标投标法 37, 87号令 47). */
export const expertsMin = (members: number, share: { readonly num: number; readonly den: number }): number =>
  Math.ceil((members * share.num) / share.den);

/** Smallest lawful committee for this lot. */
export function membersMin(rules: Pick<RuleSet, 'thresholds'>, { budget, waterWorks }: Pick<Composition, 'budget' | 'waterWorks'>): number {
  const { committeeMin, committeeLarge, committeeWaterWorks } = rules.thresholds;
  const large = committeeLarge !== null && budget !== undefined && decimal(budget).gte(committeeLarge.budget) ? committeeLarge.members : 0;
  return Math.max(committeeMin, large, waterWorks === true && committeeWaterWorks !== null ? committeeWaterWorks : 0);
}

/** What is unlawful about a committee's composition, or null. B-020, B-021, B-022. */
export function compositionFault(rules: Pick<RuleSet, 'thresholds'>, composition: Composition): ErrorCode | null {
  const { members, representatives } = composition;
  if (members < membersMin(rules, composition)) return 'E_COMMITTEE_SIZE';
  if (members % 2 === 0) return 'E_COMMITTEE_EVEN';
  if (members - representatives < expertsMin(members, rules.thresholds.expertShare)) return 'E_EXPERT_RATIO';
  return null;
}
