import { describe, expect, it } from '@jest/globals';
import { resolveRuleSet, RULE_SETS } from './rule-sets.js';

describe('rule sets', () => {
  it('resolves by regime, place and date of publication', () => {
    expect(resolveRuleSet('GOV_PROCUREMENT', 'CN', '2021-12-31')?.id).toBe('cn-gov-2017');
    expect(resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-02-01')?.id).toBe('cn-gov-2026');
    expect(resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')?.id).toBe('cn-tender-2019');
  });
  it('C7 domestic products are preferred from 2026-01-01, by 20 % for goods; before that nothing is known of them', () => {
    const domestic = (date: string, jurisdiction = 'CN') =>
      resolveRuleSet('GOV_PROCUREMENT', jurisdiction, date)?.preferences.goods.domestic;
    expect([domestic('2025-12-31'), domestic('2026-01-01')?.min, domestic('2026-01-01')?.max]).toEqual([null, '20', '20']);
    expect([domestic('2025-12-31', 'CN-33'), domestic('2026-01-01', 'CN-33')?.isOwed]).toEqual([null, true]);
    const { preferences } = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-01-01')!;
    expect([preferences.services.domestic?.isOwed, preferences.works.domestic]).toEqual([false, null]);
  });
  it('C7 Zhejiang procured under national law before 2026-02-01 too', () => {
    const ids = ['2017-10-01', '2022-07-01', '2026-01-31', '2026-02-01'].map(
      (date) => resolveRuleSet('GOV_PROCUREMENT', 'CN-33', date)?.id,
    );
    expect(ids).toEqual(['cn-33-gov-2017', 'cn-33-gov-2022', 'cn-33-gov-2026-01', 'cn-33-gov-2026']);
    const low = (date: string) => resolveRuleSet('GOV_PROCUREMENT', 'CN-33', date)?.thresholds.lowPrice;
    expect([low('2026-01-31'), low('2026-02-01')?.ofMean]).toEqual([null, '50']);
  });
  it('A1 bounds what small and micro enterprises are given: 6 to 10, then 10 to 20 percent; 3 to 5 for works', () => {
    const bounds = (date: string) => {
      const { goods, services, works } = resolveRuleSet('GOV_PROCUREMENT', 'CN', date)!.preferences;
      return [goods, services, works].map(({ smallMicro }) => [smallMicro?.min, smallMicro?.max]);
    };
    expect(bounds('2021-01-01')).toEqual([
      ['6', '10'],
      ['6', '10'],
      ['3', '5'],
    ]);
    expect(bounds('2026-11-22')).toEqual([
      ['10', '20'],
      ['10', '20'],
      ['3', '5'],
    ]);
    expect(resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')!.preferences.works.smallMicro).toEqual({ min: '3', max: '5', isOwed: false });
  });
  it('A1 bounds what small partners bring: 2 to 3, then 4 to 6 percent; 1 to 2 for works', () => {
    const bounds = (date: string) => {
      const { goods, works } = resolveRuleSet('GOV_PROCUREMENT', 'CN', date)!.preferences;
      return [goods, works].map(({ smallPartner }) => [smallPartner?.min, smallPartner?.max]);
    };
    expect([bounds('2021-01-01'), bounds('2026-11-22')]).toEqual([
      [
        ['2', '3'],
        ['1', '2'],
      ],
      [
        ['4', '6'],
        ['1', '2'],
      ],
    ]);
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
    expect(rules.priceRules).toEqual(['fixed-price', 'low-price-first', 'lowest-evaluated-price']);
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
