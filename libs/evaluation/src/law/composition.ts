import type { ErrorCode } from '@app/contracts';
import { decimal } from '../kernel/decimal.js';
import type { RuleSet } from './rule-set.js';

export interface Composition {
  readonly members: number;
  readonly representatives: number;
  /** What the regime's size depends on: 预算 in CNY (null: none named), 技术复杂, 社会影响较大. */
  readonly facts?: { readonly budget: string | null; readonly isComplex: boolean; readonly hasSocialImpact: boolean };
  readonly waterWorks?: boolean;
}

/** Experts a committee of n needs at least: ceil(2n/3) (招标投标法 37, 87号令 47). */
export const expertsMin = (members: number, share: { readonly num: number; readonly den: number }): number =>
  Math.ceil((members * share.num) / share.den);

/** Smallest lawful committee for this lot. 87号令 47: larger by the budget, which is not the ceiling, or by what the lot is about. */
export function membersMin(rules: Pick<RuleSet, 'thresholds'>, { facts, waterWorks }: Pick<Composition, 'facts' | 'waterWorks'>): number {
  const { committeeMin, committeeLarge, committeeWaterWorks } = rules.thresholds;
  const isLarge = facts !== undefined && (facts.isComplex || facts.hasSocialImpact || isAtLeast(facts.budget, committeeLarge?.budget));
  const large = committeeLarge !== null && isLarge ? committeeLarge.members : 0;
  return Math.max(committeeMin, large, waterWorks === true && committeeWaterWorks !== null ? committeeWaterWorks : 0);
}

const isAtLeast = (budget: string | null, bar: string | undefined): boolean =>
  budget !== null && bar !== undefined && decimal(budget).gte(bar);

/** What is unlawful about a committee's composition, or null. B-020, B-021, B-022. */
export function compositionFault(rules: Pick<RuleSet, 'thresholds'>, composition: Composition): ErrorCode | null {
  const { members, representatives } = composition;
  if (members < membersMin(rules, composition)) return 'E_COMMITTEE_SIZE';
  if (members % 2 === 0) return 'E_COMMITTEE_EVEN';
  if (members - representatives < expertsMin(members, rules.thresholds.expertShare)) return 'E_EXPERT_RATIO';
  return null;
}
