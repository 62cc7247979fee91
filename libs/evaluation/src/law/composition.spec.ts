import { describe, expect, it } from '@jest/globals';
import { electionOutcome } from '../committee/chair-election.js';
import { isMoreTimeDue, isRejectedByMajority } from './majority.js';
import { resolveRuleSet } from './rule-sets.js';
import { compositionFault, expertsMin, membersMin } from './composition.js';
import { type Distribution, isDistributed, type SeatedMember } from './distribution.js';

const tender = resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22')!;
const gov = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-11-22')!;

describe('composition of the committee', () => {
  it.each([
    ['TV-COM-01', 5, 4, 1],
    ['TV-COM-02', 7, 5, 2],
    ['TV-COM-03', 9, 6, 3],
    ['TV-COM-04', 11, 8, 3],
    ['TV-COM-05', 13, 9, 4],
    ['TV-COM-06', 15, 10, 5],
  ])('%s B-020 B-021 of %i members at least %i are experts and at most %i representatives', (_, members, experts, representatives) => {
    expect(expertsMin(members, tender.thresholds.expertShare)).toBe(experts);
    expect(compositionFault(tender, { members, representatives })).toBeNull();
    expect(compositionFault(tender, { members, representatives: representatives + 1 })).toBe('E_EXPERT_RATIO');
  });
  it('B-020 refuses six members and three members under both regimes', () => {
    for (const rules of [tender, gov]) {
      expect(compositionFault(rules, { members: 6, representatives: 1 })).toBe('E_COMMITTEE_EVEN');
      expect(compositionFault(rules, { members: 3, representatives: 0 })).toBe('E_COMMITTEE_SIZE');
    }
  });
  it('B-022 needs seven for water works', () => {
    expect(compositionFault(tender, { members: 5, representatives: 0, waterWorks: true })).toBe('E_COMMITTEE_SIZE');
  });
  it('C5 needs seven in procurement from ten million of budget on, and where the lot is complex or of social impact (87号令 47)', () => {
    const facts = (budget: string | null, isComplex = false, hasSocialImpact = false) => ({
      facts: { budget, isComplex, hasSocialImpact },
    });
    expect([facts('10000000'), facts('9999999.99'), facts(null)].map((one) => membersMin(gov, one))).toEqual([7, 5, 5]);
    expect([facts('100', true), facts('100', false, true)].map((one) => membersMin(gov, one))).toEqual([7, 7]);
    expect(membersMin(tender, facts('90000000', true, true))).toBe(5);
  });
});

describe('distribution over venues (domain.md §3.9)', () => {
  const seat = (kind: SeatedMember['kind'], venue: string, city: string, room = 'hall'): SeatedMember => ({ kind, venue, city, room });
  const base: Omit<Distribution, 'members'> = { main: 'main', subs: ['sub-1', 'sub-2'], tendererCity: 'home' };
  const rest = [
    seat('representative', 'main', 'home'),
    seat('expert', 'sub-1', 'x'),
    seat('expert', 'sub-1', 'x'),
    seat('expert', 'sub-2', 'y'),
  ];
  const verdicts = (members: SeatedMember[]) =>
    (['A', 'B', 'C', 'D'] as const).map((preset) => isDistributed(preset, { ...base, members }));
  it('TV-REM-01 A and B pass, C and D fail', () => {
    expect(verdicts([...rest, seat('expert', 'main', 'home')])).toEqual([true, true, false, false]);
  });
  it('TV-REM-02 moving the main expert to sub-2 passes C too', () => {
    expect(verdicts([...rest, seat('expert', 'sub-2', 'y')])).toEqual([true, true, true, false]);
  });
  it('D passes when everybody sits in an own pod', () => {
    expect(verdicts([...rest, seat('expert', 'main', 'home')].map((member, index) => ({ ...member, room: `pod-${index}` })))[3]).toBe(true);
  });
});

describe('votes of the committee', () => {
  it('TV-VOTE-01 of five members three fails reject a bid and two do not', () => {
    expect([isRejectedByMajority(3, 5), isRejectedByMajority(2, 5)]).toEqual([true, false]);
  });
  it('more time is due when more than a third ask (条例 48)', () => {
    const share = tender.thresholds.moreTimeShare;
    expect([isMoreTimeDue(1, 5, share), isMoreTimeDue(2, 5, share), isMoreTimeDue(3, 9, share), isMoreTimeDue(4, 9, share)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
  it('the chair is elected by plurality; a tie goes to another round among the tied', () => {
    expect(electionOutcome({ a: 'b', b: 'b', c: 'a' })).toEqual({ chair: 'b' });
    expect(electionOutcome({ a: 'b', b: 'a', c: 'b', d: 'a', e: 'e' })).toEqual({ tied: ['a', 'b'] });
  });
});
