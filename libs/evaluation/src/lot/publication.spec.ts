import { describe, expect, it } from '@jest/globals';
import type { CalendarYear, JsonObject } from '@app/contracts';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  admit,
  binding,
  createLot,
  deliver,
  draft,
  foundingParties,
  fromLockedToOpened,
  fromOpenedToEvaluating,
  letterOf,
  lock,
  type Play,
  publishKeys,
  publishLot,
  registered,
  requestDraw,
  reviewBids,
  seat,
  untilLocked,
  WITNESS_POLICY,
} from '@app/testing/play';
import { textOf } from '../kernel/fields.js';
import { migrateState, type StateBefore } from '../engine/migrate.js';
import { reviewResult } from '../review/index.js';
import { resolveRuleSet } from '../law/rule-sets.js';
import { keepersFault } from './keeper-plans.js';
import { frozenRuleSet, lastAmendment, lastDocumentObjection } from './publication.js';
import { preferencesFault } from './rules-fault.js';

const created = (plan: LotPlan = TV_E2E_01): Play => {
  const play = seat(plan);
  createLot(play);
  publishKeys(play);
  return play;
};
const PACKAGE = { documentPackage: 'a'.repeat(64) };
/** Invented: some days of no decree. */
const YEAR_2027: CalendarYear = {
  year: 2027,
  holidays: [
    { from: '2027-01-01', days: 3 },
    { from: '2027-02-05', days: 7 },
  ],
  workdays: ['2027-02-20'],
  source: '测试用，非公布的安排',
};
const national = resolveRuleSet('TENDER_LAW', 'CN', '2026-03-02');
if (national === null) throw new Error('no national rules');

describe('founding a lot (A-39)', () => {
  const parties = foundingParties();
  const bindings = parties.map(({ party }) => binding(textOf(party)));
  const facts = registered(parties);

  it('is the act of the agency, by its certificate, with somebody behind every party', () => {
    const play = seat(TV_E2E_01);
    const full = { ...draft(play), parties };
    expect(play.table.refusal('tenderer', 'lot.create', full, { secrets: { bindings }, facts })).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings }, facts, assurance: 'session' })).toBe('ASSURANCE');
    expect(play.table.refusal('agency', 'lot.create', full, { facts })).toBe('E_INPUT');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings: bindings.slice(1) }, facts })).toBe('E_INPUT');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings }, facts })).toBeNull();
  });

  it('names no expert and no bidder: those are drawn, or deliver (条例 46)', () => {
    const play = seat(TV_E2E_01);
    const more = { party: 'expert-1', roles: ['expert'], venue: 'main', seat: null };
    const given = { ...draft(play), parties: [...parties, more] };
    expect(play.table.refusal('agency', 'lot.create', given, { secrets: { bindings: [...bindings, binding('expert-1')] } })).toBe(
      'E_INPUT',
    );
    // Who a member is not everybody may know who judges the founding entry: he is admitted by an act of his own.
    const member = { party: 'representative-1', roles: ['tenderer-representative'], venue: 'main', seat: null };
    const named = { ...draft(play), parties: [...parties, member] };
    const known = { secrets: { bindings: [...bindings, binding('representative-1')] }, facts: registered([...parties, member]) };
    expect(play.table.refusal('agency', 'lot.create', named, known)).toBe('E_INPUT');
    createLot(play);
    expect(play.table.refusal('agency', 'lot.admit', more, { secrets: { binding: binding('expert-1') } })).toBe('FORBIDDEN');
  });

  it('happens once, and nothing happens before it', () => {
    const play = seat(TV_E2E_01);
    expect(play.table.refusal('agency', 'lot.publish', PACKAGE)).toBe('WRONG_STATE');
    createLot(play);
    expect(play.table.refusal('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings } })).toBe('E_ALREADY_DONE');
  });

  it('B-033 of a later round names the round that failed', () => {
    const play = seat(TV_E2E_01, 2);
    expect(play.table.refusal('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings } })).toBe('E_REASON_REQUIRED');
    const previousRound = { origin: 'gongping.test/lot/lot-e2e-01/1', reason: 'LT3_SUBMITTED' };
    expect(
      play.table.refusal('agency', 'lot.create', { ...draft(play), previousRound, parties }, { secrets: { bindings }, facts }),
    ).toBeNull();
  });

  it('after publication the owner admits only its own: no supervisor, witness or node of its choice', () => {
    const play = created();
    publishLot(play);
    const ask = (by: string, role: string): string | null => {
      const given = { party: 'newcomer-1', roles: [role], venue: 'main', seat: null };
      return play.table.refusal(by, 'lot.admit', given, { secrets: { binding: binding('newcomer-1') }, facts: registered([given]) });
    };
    for (const role of ['supervisor', 'witness', 'node', 'agency']) expect(ask('agency', role)).toBe('FORBIDDEN');
    expect([ask('agency', 'award-member'), ask('tenderer', 'tenderer-representative')]).toEqual([null, null]);
    expect([ask('supervisor', 'witness'), ask('supervisor', 'tenderer-representative')]).toEqual([null, 'FORBIDDEN']);
  });

  it('admits a party to one of its venues only, once', () => {
    const play = created();
    const member = { party: 'representative-1', roles: ['tenderer-representative'], venue: 'elsewhere', seat: null };
    const secrets = { binding: binding('representative-1') };
    expect(play.table.refusal('agency', 'lot.admit', member, { secrets })).toBe('E_VENUE_NOT_APPROVED');
    admit(play, 'representative-1', 'tenderer-representative', 'main');
    expect(play.table.refusal('agency', 'lot.admit', { ...member, venue: 'main' }, { secrets })).toBe('E_ALREADY_DONE');
  });
});

/** What publishing the draft with this change is refused with. */
function refusalWith(change: JsonObject, plan: LotPlan = TV_E2E_01): string | null {
  const play = created(plan);
  play.table.act('agency', 'lot.revise', { ...draft(play), ...change });
  return play.table.refusal('agency', 'lot.publish', PACKAGE, { facts: { witnessPolicy: WITNESS_POLICY } });
}
const schedule = (documentsUntil: string, deadline: string): JsonObject => ({
  schedule: { documentsFrom: '2026-03-02T01:00:00.000Z', documentsUntil, deadline },
});
const rules = (change: JsonObject, plan: LotPlan = TV_E2E_01): JsonObject => ({ rules: { ...plan.rules, ...change } });

/** A lot of a place where an award committee may vote. */
const withVote = (award: { members: number }, change: JsonObject = {}): JsonObject => ({
  jurisdiction: 'CN-33',
  ...rules({ ...change, award: { kind: 'direct-vote', ...award } }),
});

describe('publication', () => {
  it('freezes the rule set of regime, place and day with its hash; afterwards only amendments change the lot', () => {
    const play = created();
    publishLot(play);
    const { setup } = play.table.state;
    expect([setup.ruleSet?.id, setup.ruleSetHash]).toEqual([
      'cn-tender-2019',
      frozenRuleSet(play.table.state, setup.publishedAt ?? '', {})?.hash,
    ]);
    expect(play.table.refusal('agency', 'lot.revise', draft(play))).toBe('E_RULESET_FROZEN');
    expect(play.table.refusal('agency', 'lot.publish', PACKAGE)).toBe('WRONG_STATE');
  });

  it('needs a rule set of the place: nothing falls back to another law', () => {
    expect(refusalWith({ jurisdiction: 'CN-99' })).toBe('E_INPUT');
  });

  it('TV-DATE-01 B-004 issued 2026-03-02, the deadline is not before 2026-03-22', () => {
    expect(refusalWith(schedule('2026-03-10T00:00:00.000Z', '2026-03-21T15:59:59.999Z'))).toBe('E_INPUT');
    expect(refusalWith(schedule('2026-03-10T00:00:00.000Z', '2026-03-21T16:00:00.000Z'))).toBeNull();
  });

  it('C8 B-009 the document is to be had for five whole days, five working days in procurement, the last until 24:00', () => {
    const until = (end: string, plan: LotPlan = TV_E2E_01) => refusalWith(schedule(end, '2026-03-24T01:30:00.000Z'), plan);
    expect([until('2026-03-07T15:59:59.999Z'), until('2026-03-07T16:00:00.000Z')]).toEqual(['E_INPUT', null]);
    expect([until('2026-03-09T15:59:59.999Z', TV_E2E_02), until('2026-03-09T16:00:00.000Z', TV_E2E_02)]).toEqual(['E_INPUT', null]);
  });

  it('C6 limits that may run beyond the calendar keep a lot from being published, and the sentence says what to do', () => {
    const until = (deadline: string, plan: LotPlan = TV_E2E_01) => refusalWith(schedule('2026-03-20T09:00:00.000Z', deadline), plan);
    // 3 + 3 days, 10 working days, an answer within 3 days and 30 days to the contract: to 12-30, or to 2027-01-02, which would roll.
    expect([until('2026-11-06T01:30:00.000Z'), until('2026-11-09T01:30:00.000Z')]).toEqual([null, 'E_INPUT']);
    expect(until('2027-02-01T01:30:00.000Z', TV_E2E_02)).toBe('E_INPUT');
    const play = created();
    play.table.act('agency', 'lot.revise', { ...draft(play), ...schedule('2026-03-20T09:00:00.000Z', '2026-12-29T01:30:00.000Z') });
    const prepared = play.table.prepare('agency', 'lot.publish', PACKAGE);
    expect(play.table.run.decide(prepared, prepared.context)).toMatchObject({
      code: 'E_INPUT',
      message: expect.stringMatching(
        /may run to 2027-\d\d-\d\d, and the calendar of rest days ends with 2026-12-31; set an earlier deadline/,
      ),
    });
    // Seconds need no calendar (docs/decisions/0003).
    const late = { ...schedule('2026-12-30T01:00:00.000Z', '2026-12-30T01:30:00.000Z'), jurisdiction: 'demo' };
    expect(refusalWith(late)).toBeNull();
  });

  it('C6 a year that the installation entered carries the limits further, and the lot freezes it', () => {
    const play = created();
    const { table } = play;
    table.act('agency', 'lot.revise', { ...draft(play), ...schedule('2026-03-20T09:00:00.000Z', '2026-11-09T01:30:00.000Z') });
    const given = (calendar: CalendarYear[]) => ({ facts: { witnessPolicy: WITNESS_POLICY, calendar } });
    const later = { ...YEAR_2027, year: 2028, holidays: [{ from: '2028-01-01', days: 3 }], workdays: [] };
    // Years are entered one after the other; what cannot be read is no year.
    expect(table.refusal('agency', 'lot.publish', PACKAGE, given([]))).toBe('E_INPUT');
    expect(table.refusal('agency', 'lot.publish', PACKAGE, given([later]))).toBe('E_INPUT');
    expect(table.refusal('agency', 'lot.publish', PACKAGE, given([{ ...YEAR_2027, holidays: [] }]))).toBe('E_INPUT');
    table.act('agency', 'lot.publish', PACKAGE, given([later, YEAR_2027]));
    const { ruleSet, ruleSetHash, publishedAt } = table.state.setup;
    expect(ruleSet?.calendar).toMatchObject({ to: '2028-12-31' });
    expect(ruleSet?.calendar.holidays).toEqual(expect.arrayContaining(['2026-10-07', '2027-01-01', '2027-01-03', '2028-01-03']));
    expect(ruleSet?.calendar.workdays).toContain('2027-02-20');
    expect(ruleSetHash).not.toBe(frozenRuleSet(table.state, publishedAt ?? '', {})?.hash);
    // Another engine takes it over as it was frozen, and a limit that the engine before did not know as the law has it today.
    const { setup } = table.state;
    const { priceAnswer, motionVote, ...limits } = setup.ruleSet?.limits ?? {};
    const before: unknown = { ...table.state, setup: { ...setup, ruleSet: { ...setup.ruleSet, limits } } };
    const after = migrateState(before as StateBefore).setup.ruleSet;
    expect(after?.calendar).toEqual(ruleSet?.calendar);
    expect(after?.limits).toMatchObject({ priceAnswer, motionVote });
    expect([priceAnswer, motionVote]).not.toContain(null);
  });

  it('needs the key of every trustee that bids are sealed to', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    expect(play.table.refusal('agency', 'lot.publish', PACKAGE)).toBe('E_KEY_MISSING');
  });

  it.each([
    ['points that add to 100', rules({ items: TV_E2E_01.rules.items.slice(1) }), 'E_INPUT'],
    ['A-62 numbers used once', rules({ items: [...TV_E2E_01.rules.items, ...TV_E2E_01.rules.items.slice(0, 1)] }), 'E_INPUT'],
    ['C9 an odd award committee', withVote({ members: 6 }), 'E_COMMITTEE_EVEN'],
    ['C9 two candidates to vote on', withVote({ members: 7 }, { candidates: 1 }), 'E_INPUT'],
    ['C9 a performance security of ten percent at most', rules({ performanceSecurity: { percent: '10.01', days: 10 } }), 'E_INPUT'],
    ['B-020 an odd committee', rules({ committee: { members: 6, representatives: 1 } }), 'E_COMMITTEE_EVEN'],
    ['B-020 at least five members', rules({ committee: { members: 3, representatives: 1 } }), 'E_COMMITTEE_SIZE'],
    ['B-021 two thirds experts', rules({ committee: { members: 5, representatives: 2 } }), 'E_EXPERT_RATIO'],
    ['B-022 seven members for water works', { projectType: 'water-works' }, 'E_COMMITTEE_SIZE'],
    ['B-025 a method of the regime', rules({ method: 'scored' }), 'E_INPUT'],
    ['B-026 at most three candidates', rules({ candidates: 4 }), 'E_INPUT'],
    ['rank 1 where separation is not lawful', rules({ award: { kind: 'direct-vote', members: 5 } }), 'E_SEPARATION_NOT_ALLOWED'],
    [
      'TV-REM preset B needs two sub-venues',
      { venuePreset: 'B', venues: [{ venue: 'main', role: 'main', city: '永康' }] },
      'E_VENUE_NOT_APPROVED',
    ],
    ['one main venue', { venues: [{ venue: 'main', role: 'sub', city: '永康' }] }, 'E_INPUT'],
  ] as const)('demands %s', (_rule, change, code) => {
    expect(refusalWith(change)).toBe(code);
  });

  it('B-025 procurement takes low price first only, with at least 30 points for goods', () => {
    expect(refusalWith(rules({ price: TV_E2E_01.rules.price }, TV_E2E_02), TV_E2E_02)).toBe('E_INPUT');
    const items = [{ ...TV_E2E_02.rules.items[0]!, max: '60' }, TV_E2E_02.rules.items[1]!];
    expect(refusalWith(rules({ price: { kind: 'low-price-first', weight: '20' }, items }, TV_E2E_02), TV_E2E_02)).toBe('E_INPUT');
  });

  it('C14 87号令 55 procurement at a fixed price has no price factor: the items give all points, and nothing is deducted', () => {
    const items = [{ ...TV_E2E_02.rules.items[0]!, max: '80' }, TV_E2E_02.rules.items[1]!];
    const none = { smallMicro: '0', domestic: '0' };
    const fixed = (change: Partial<LotPlan['rules']>, plan = TV_E2E_02) =>
      refusalWith(rules({ price: { kind: 'fixed-price' }, items, deductions: none, ...change }, plan), plan);
    expect([fixed({}), fixed({ deductions: null })]).toEqual([null, null]);
    expect(fixed({ items: TV_E2E_02.rules.items })).toBe('E_INPUT');
    expect(fixed({ deductions: { smallMicro: '10', domestic: '0' } })).toBe('E_INPUT');
    expect(fixed({ deductions: { smallMicro: '0', domestic: '20' } })).toBe('E_INPUT');
    expect(fixed({}, TV_E2E_01)).toBe('E_INPUT');
  });

  it('a blind format of the technical part (暗标) asks for something, of a part that is scored, on a page that has room', () => {
    const asked = {
      breach: 'refuse' as const,
      paper: 'A4' as const,
      pagesMax: 800,
      margins: { top: '20', bottom: '25', left: '25', right: '25', tolerance: '1' },
      fonts: ['song' as const],
      sizes: ['14', '10.5'],
      isPlain: true,
      isBlack: true,
      withoutPictures: false,
      isUnnamed: true,
      withoutMetadata: true,
    };
    const flags = { isPlain: false, isBlack: false, withoutPictures: false, isUnnamed: false, withoutMetadata: false };
    const nothing = { ...asked, ...flags, paper: null, pagesMax: null, margins: null, fonts: [], sizes: [] };
    expect(refusalWith(rules({ blindFormat: asked }))).toBeNull();
    expect(refusalWith(rules({ blindFormat: { ...nothing, isUnnamed: true } }))).toBeNull();
    expect(refusalWith(rules({ blindFormat: nothing }))).toBe('E_INPUT');
    const narrow = { ...asked, margins: { ...asked.margins, left: '105', right: '105' } };
    expect(refusalWith(rules({ blindFormat: narrow }))).toBe('E_INPUT');
    const items = TV_E2E_01.rules.items.map((item) => ({ ...item, part: 'commercial' as const }));
    expect(refusalWith(rules({ blindFormat: asked, items }))).toBe('E_INPUT');
  });

  it('C14 12号令 9 the tenderer designates the chair under tender law only', () => {
    expect([refusalWith(rules({ chair: 'designated' })), refusalWith(rules({ chair: 'designated' }, TV_E2E_02), TV_E2E_02)]).toEqual([
      null,
      'E_INPUT',
    ]);
  });

  it('C14 87号令 31 a core product is named in procurement only', () => {
    expect(refusalWith(rules({ coreProduct: '交互智能平板' }, TV_E2E_02), TV_E2E_02)).toBeNull();
    expect(refusalWith(rules({ coreProduct: '交互智能平板' }))).toBe('E_INPUT');
  });

  it('C5 B-020 procurement of a budget of 10 M CNY needs seven members, whatever its ceiling; so does what is complex or of social impact', () => {
    const five = (facts: JsonObject, ceiling = '1300000.00') =>
      refusalWith(
        rules({ committee: { members: 5, representatives: 1 }, ceiling, facts: { ...TV_E2E_02.rules.facts, ...facts } }, TV_E2E_02),
        TV_E2E_02,
      );
    expect([five({ budget: '10500000.00' }, '9900000.00'), five({ budget: '9999999.99' }, '9900000.00')]).toEqual([
      'E_COMMITTEE_SIZE',
      null,
    ]);
    expect([five({ isComplex: true }), five({ hasSocialImpact: true }), five({})]).toEqual(['E_COMMITTEE_SIZE', 'E_COMMITTEE_SIZE', null]);
  });

  it('C5 a procurement names its budget, and its ceiling is within it (87号令 12)', () => {
    const facts = (budget: string | null): JsonObject => rules({ facts: { ...TV_E2E_02.rules.facts, budget } }, TV_E2E_02);
    expect([facts(null), facts('1299999.99'), facts('1300000.00')].map((one) => refusalWith(one, TV_E2E_02))).toEqual([
      'E_INPUT',
      'E_INPUT',
      null,
    ]);
  });
});

describe('who keeps the keys of a lot (SEC-2)', () => {
  const SHEETS = { threshold: 3, parties: ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] };
  const bids = (threshold: number, ...parties: string[]): string | null => {
    const play = created();
    // Whoever is named has a key: what is refused is the plan.
    const keys = Object.fromEntries(parties.map((party) => [party, `key of ${party}`]));
    const setup = { ...play.table.state.setup, keepers: { bids: { threshold, parties }, sheets: SHEETS } };
    return keepersFault({ ...play.table.state, setup, keepers: { published: { bids: keys }, released: {}, drill: null } })?.message ?? null;
  };

  it('SEC-2 the nodes of the venues alone do not open bids: whoever broke into them would', () => {
    expect(bids(3, 'tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision')).toBe(
      'keepers.bids: the nodes of the venues alone could open bids; name a person (the supervisor, a witness) for one of them, or raise the threshold',
    );
    expect(bids(3, 'tenderer', 'supervisor', 'witness-main', 'node:main', 'node:sub-1')).toBeNull();
    expect(bids(3, 'tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1')).toBeNull();
  });

  it('SEC-2 the owner’s side neither opens alone nor keeps shut alone', () => {
    expect(bids(2, 'tenderer', 'agency', 'supervisor', 'witness-main', 'node:main')).toContain(
      'alone could open boxes; raise the threshold',
    );
    expect(bids(4, 'tenderer', 'agency', 'supervisor', 'witness-main', 'node:main')).toContain(
      'alone could keep boxes shut; name a keeper',
    );
    expect(bids(4, 'tenderer', 'supervisor', 'witness-main', 'node:main', 'node:sub-1')).toBeNull();
  });

  it('one lost key locks nothing, nobody is named twice, and a stranger keeps none', () => {
    expect(bids(3, 'supervisor', 'witness-main', 'node:main')).toContain('one lost key would lock every box');
    expect(bids(2, 'supervisor', 'supervisor', 'node:main')).toContain('named twice');
    expect(bids(2, 'supervisor', 'witness-main', 'node:elsewhere')).toContain('has no part in this lot');
  });

  it('SEC-2 a plan that fails is refused at publication', () => {
    const plan = { threshold: 3, parties: ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'] };
    expect(refusalWith({ keepers: { bids: plan, sheets: SHEETS } })).toBe('E_INPUT');
  });
});

describe('preferences of policy at publication', () => {
  const given = (smallMicro: string, domestic: string, more: JsonObject = {}, plan: LotPlan = TV_E2E_02) =>
    refusalWith({ ...rules({ deductions: { smallMicro, domestic } }, plan), ...more }, plan);
  const works = (smallMicro: string, domestic = '0') => given(smallMicro, domestic, {}, TV_E2E_01);

  it('A1 are within the bounds of the rule set: 10 to 20 percent for small and micro enterprises, 20 for domestic goods', () => {
    expect(['9.99', '10', '20', '20.01', '50', '80', '100'].map((rate) => given(rate, '20'))).toEqual([
      'E_INPUT',
      null,
      null,
      'E_INPUT',
      'E_INPUT',
      'E_INPUT',
      'E_INPUT',
    ]);
    expect(['0', '19', '20', '30'].map((rate) => given('10', rate))).toEqual(['E_INPUT', 'E_INPUT', null, 'E_INPUT']);
  });
  it('A1 C7 are owed in procurement of goods; domestic products only where there are any in services, and before 2026 not at all', () => {
    expect(refusalWith(rules({ deductions: null }, TV_E2E_02), TV_E2E_02)).toBe('E_INPUT');
    const services = { projectType: 'services' };
    expect(['0', '20', '10'].map((rate) => given('10', rate, services))).toEqual([null, null, 'E_INPUT']);
  });
  it('A1 are within the bounds for bidders with small partners: 4 to 6 percent, 1 to 2 for works, or none', () => {
    const partner = (smallPartner: string, plan: LotPlan, smallMicro: string) =>
      refusalWith(rules({ deductions: { smallMicro, smallPartner, domestic: plan === TV_E2E_02 ? '20' : '0' } }, plan), plan);
    const goods = ['0', '3.99', '4', '6', '6.01'].map((rate) => partner(rate, TV_E2E_02, '10'));
    expect(goods).toEqual([null, 'E_INPUT', null, null, 'E_INPUT']);
    expect(['1', '2', '4'].map((rate) => partner(rate, TV_E2E_01, '3'))).toEqual([null, null, 'E_INPUT']);
    const facts = { ...TV_E2E_02.rules.facts, isReserved: true };
    const reserved = rules({ deductions: { smallMicro: '0', smallPartner: '4', domestic: '20' }, facts }, TV_E2E_02);
    expect(refusalWith(reserved, TV_E2E_02)).toBe('E_INPUT');
  });
  it('A1 leave something of every price, whatever bounds a rule set has', () => {
    const loose = { min: '0', max: '100', isOwed: false };
    const fault = (smallMicro: string, domestic: string) =>
      preferencesFault(
        { ...TV_E2E_02.rules, deductions: { smallMicro, domestic } },
        { smallMicro: loose, smallPartner: null, domestic: loose },
      )?.message ?? null;
    expect([fault('80', '19.99'), fault('80', '20')]).toEqual([null, 'rules.deductions: nothing is left of a price']);
  });
  it('A2 raise the score where quoted prices are measured: 3 to 5 percent for works, and nothing of the price', () => {
    expect(['0', '2', '3', '5', '6', '10'].map((rate) => works(rate))).toEqual([null, 'E_INPUT', null, null, 'E_INPUT', 'E_INPUT']);
    expect(works('3', '20')).toBe('E_INPUT');
    const goods = { ...TV_E2E_02.rules, price: TV_E2E_01.rules.price, deductions: { smallMicro: '10', domestic: '20' } };
    const { preferences } = resolveRuleSet('GOV_PROCUREMENT', 'CN', '2026-03-02')!;
    expect(preferencesFault(goods, preferences.goods)?.message).toBe(
      'rules.deductions.domestic: no rate is lawful: benchmark-deviation measures quoted prices',
    );
  });
  it('A3 a lot that is reserved for small and medium enterprises deducts nothing for them', () => {
    const reserved = (smallMicro: string) =>
      refusalWith(
        rules({ deductions: { smallMicro, domestic: '20' }, facts: { ...TV_E2E_02.rules.facts, isReserved: true } }, TV_E2E_02),
        TV_E2E_02,
      );
    expect([reserved('10'), reserved('0')]).toEqual(['E_INPUT', null]);
  });
});

describe('a tender document that contradicts itself', () => {
  const benchmark = (change: JsonObject) => refusalWith(rules({ price: { ...TV_E2E_01.rules.price, ...change } }));
  it('C13 has no floor above the full marks', () => {
    expect([benchmark({ floor: '80' }), benchmark({ floor: '60.01' }), benchmark({ floor: '60' })]).toEqual(['E_INPUT', 'E_INPUT', null]);
  });
  it('C13 has trim rows that go up and leave a price', () => {
    const rows = (...trim: [below: number | null, low: number, high: number][]) =>
      benchmark({ trim: trim.map(([below, low, high]) => ({ below, low, high })) });
    expect(rows([5, 0, 0], [10, 1, 1], [null, 2, 2])).toBeNull();
    expect([rows([10, 0, 0], [5, 1, 1]), rows([2, 0, 0], [null, 1, 1]), rows([null, 0, 0], [9, 1, 1])]).toEqual(Array(3).fill('E_INPUT'));
  });
  it('C13 drops fewer members’ scores than there are members', () => {
    const trim = (low: number, high: number) => refusalWith(rules({ memberTrim: { low, high } }));
    expect([trim(2, 2), trim(2, 3), trim(3, 3)]).toEqual([null, 'E_INPUT', 'E_INPUT']);
  });
  it('C13 has no step finer than what is shown: members who differ behind it would read one value and be told that they differ', () => {
    const step = (value: string, objective: boolean) =>
      refusalWith(rules({ items: TV_E2E_01.rules.items.map((item) => (item.objective === objective ? { ...item, step: value } : item)) }));
    expect([step('0.01', true), step('0.001', true), step('0.001', false)]).toEqual([null, 'E_INPUT', 'E_INPUT']);
  });
  it('A6 names no tie rule twice, nor one that the law begins with', () => {
    const ties = (plan: LotPlan, ...names: string[]) => refusalWith(rules({ ties: names }, plan), plan);
    expect([ties(TV_E2E_02, 'technical'), ties(TV_E2E_02, 'price'), ties(TV_E2E_01, 'price', 'price')]).toEqual([
      null,
      'E_INPUT',
      'E_INPUT',
    ]);
  });
});

describe('amendments (A-80 … A-86)', () => {
  it('TV-DATE-02 B-012 deadline 2026-03-24: last amendment 2026-03-09; B-011 last objection 2026-03-14', () => {
    const deadline = '2026-03-24T01:30:00.000Z';
    expect(lastAmendment(national, deadline)).toBe('2026-03-09T16:00:00.000Z');
    expect(lastDocumentObjection(national, deadline)).toBe('2026-03-14T16:00:00.000Z');
  });

  it('B-012 B-015 that affect bids move the deadline when less than 15 days are left; deadlines never come nearer', () => {
    const play = created();
    publishLot(play);
    const amendment = { package: 'b'.repeat(64), summary: '修改工程量清单', affectsBids: true, deadline: null, rules: null };
    play.table.act('agency', 'lot.amend', amendment);
    play.table.waitUntil('2026-03-09T16:00:00.000Z');
    expect(play.table.refusal('agency', 'lot.amend', amendment)).toBe('E_INPUT');
    expect(play.table.refusal('agency', 'lot.amend', { ...amendment, affectsBids: false })).toBeNull();
    expect(play.table.refusal('agency', 'lot.amend', { ...amendment, affectsBids: false, deadline: '2026-03-23T00:00:00.000Z' })).toBe(
      'E_INPUT',
    );
    play.table.act('agency', 'lot.amend', { ...amendment, deadline: '2026-03-27T01:30:00.000Z' });
    expect(play.table.state.setup.schedule?.deadline).toBe('2026-03-27T01:30:00.000Z');
    expect(play.table.state.setup.amendments.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('A9 B-015 carry changed rules, checked anew by the guards of the publication; the lot is evaluated by the newest', () => {
    const play = created();
    publishLot(play);
    const { rules: before } = TV_E2E_01;
    const amend = (change: JsonObject, more: JsonObject = {}): string | null =>
      play.table.refusal('agency', 'lot.amend', {
        ...{ package: 'b'.repeat(64), summary: '调整最高限价', affectsBids: true, deadline: null, rules: { ...before, ...change } },
        ...more,
      });
    expect(amend({ ceiling: '0' })).toBe('E_INPUT');
    expect(amend({ items: before.items.slice(1) })).toBe('E_INPUT');
    expect(amend({ method: 'scored' })).toBe('E_INPUT');
    expect(amend({ committee: { members: 6, representatives: 1 } })).toBe('E_COMMITTEE_EVEN');
    expect(amend({ award: { kind: 'direct-vote', members: 7 } })).toBe('E_SEPARATION_NOT_ALLOWED');
    // 条例 21: changed rules change how bids are made, whatever the agency says.
    expect(amend({ ceiling: '9600000.00' }, { affectsBids: false })).toBe('E_INPUT');
    expect(amend({ ceiling: '9600000.00' })).toBeNull();
    const given = { package: 'b'.repeat(64), summary: '调整最高限价', affectsBids: true, deadline: null };
    play.table.act('agency', 'lot.amend', { ...given, rules: { ...before, ceiling: '9600000.00' } });
    expect(play.table.state.setup.rules?.ceiling).toBe('9600000.00');
    play.table.act('agency', 'lot.amend', { ...given, rules: null });
    expect(play.table.state.setup.rules?.ceiling).toBe('9600000.00');
    play.table.waitUntil('2026-03-09T16:00:00.000Z');
    expect(amend({})).toBe('E_INPUT');
  });

  it('A9 a price above the amended ceiling is out, one below it stands', () => {
    const play = created();
    admit(play, 'representative-1', 'tenderer-representative', 'main');
    publishLot(play);
    const given = { package: 'b'.repeat(64), summary: '调整最高限价', affectsBids: true, deadline: null };
    play.table.act('agency', 'lot.amend', { ...given, rules: { ...TV_E2E_01.rules, ceiling: '9600000.00' } });
    play.table.waitUntil('2026-03-10T02:00:00.000Z');
    publishKeys(play);
    for (const desk of play.desks) deliver(play, desk);
    lock(play);
    fromLockedToOpened(play);
    fromOpenedToEvaluating(play);
    reviewBids(play);
    const { valid = [] } = reviewResult(play.table.state) ?? {};
    // A 9 620 000 and F 9 880 000 are above it now; D falls to the committee.
    expect(valid.map((bidder) => letterOf(play, bidder)).sort()).toEqual(['B', 'C', 'E', 'G']);
  });

  it('A9 the number of members stands when its experts are being drawn', () => {
    const play = created();
    publishLot(play);
    requestDraw(play);
    const rules = { ...TV_E2E_01.rules, committee: { members: 7, representatives: 2 } };
    const given = { package: 'b'.repeat(64), summary: '调整评标委员会人数', affectsBids: true, deadline: null };
    expect(play.table.refusal('agency', 'lot.amend', { ...given, rules })).toBe('E_ALREADY_LOCKED');
    expect(play.table.refusal('agency', 'lot.amend', { ...given, rules: { ...TV_E2E_01.rules, ceiling: '9900000.00' } })).toBeNull();
  });

  it('end with the deadline', () => {
    const play = seat(TV_E2E_01);
    untilLocked(play);
    expect(
      play.table.refusal('agency', 'lot.amend', { package: 'b'.repeat(64), summary: 'x', affectsBids: false, deadline: null, rules: null }),
    ).toBe('WRONG_STATE');
  });
});
