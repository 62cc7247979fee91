import { describe, expect, it } from '@jest/globals';
import { resolveRuleSet, RULE_SETS } from './rule-sets.js';

describe('rule sets', () => {
  it('resolves by regime, place and date of publication', () => {
    expect(resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-01-31')?.id).toBe('cn-gov-2017');
    expect(resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-02-01')?.id).toBe('cn-gov-2026');
    expect(resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')?.id).toBe('cn-tender-2019');
  });
  it('has no law for an unknown place or a time before the first version', () => {
    expect(resolveRuleSet('TENDER_LAW', 'XX', '2026-11-22')).toBeNull();
    expect(resolveRuleSet('TENDER_LAW', 'CN', '2010-01-01')).toBeNull();
  });
  it('B-004 B-009 B-012 B-028 B-030 B-031 carries the limits of the law', () => {
    const { limits } = resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')!;
    expect([limits.submission, limits.documentAvailability, limits.amendmentBeforeDeadline].map((limit) => limit.value)).toEqual([
      20, 5, 15,
    ]);
    expect([limits.publicity?.value, limits.objectionReply.value, limits.contract.value]).toEqual([3, 3, 30]);
  });
  it('B-025 B-032 gov procurement has its own formula, no candidate publicity and seven working days for a challenge', () => {
    const rules = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!;
    expect(rules.priceRules).toEqual(['low-price-first']);
    expect(rules.candidatePublicity).toBe(false);
    expect(rules.limits.challenge).toEqual({ value: 7, unit: 'working-day' });
  });
  it('separation needs a place whose rules allow it', () => {
    expect(resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')?.separationAllowed).toBe(false);
    expect(resolveRuleSet('TENDER_LAW', 'CN-33', '2026-11-22')?.separationAllowed).toBe(true);
  });
  it('the demonstration has exactly the limits of the law, in seconds', () => {
    for (const regime of ['TENDER_LAW', 'GOV_PROCUREMENT'] as const) {
      const law = resolveRuleSet(regime, 'CN', '2026-11-22')!;
      const demo = resolveRuleSet(regime, 'demo', '2026-11-22')!;
      const names = Object.keys(law.limits) as (keyof typeof law.limits)[];
      const units = (limits: typeof law.limits) => names.map((name) => [name, limits[name]?.unit ?? null]);
      expect(units(demo.limits)).toEqual(units(law.limits).map(([name, unit]) => [name, unit === null ? null : 'second']));
      expect({ ...demo, id: '', jurisdiction: '', limits: null, separationAllowed: null }).toEqual({
        ...law,
        id: '',
        jurisdiction: '',
        limits: null,
        separationAllowed: null,
      });
    }
  });
  it('has one id per version', () => {
    expect(new Set(RULE_SETS.map((rules) => rules.id)).size).toBe(RULE_SETS.length);
  });
});
