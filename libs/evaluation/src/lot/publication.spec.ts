import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  admit,
  binding,
  createLot,
  draft,
  foundingParties,
  type Play,
  publishKeys,
  publishLot,
  seat,
  untilLocked,
} from '@app/testing/play';
import { textOf } from '../kernel/fields.js';
import { resolveRuleSet } from '../law/rule-sets.js';
import { frozenRuleSet, lastAmendment, lastDocumentObjection } from './publication.js';

const created = (plan: LotPlan = TV_E2E_01): Play => {
  const play = seat(plan);
  createLot(play);
  publishKeys(play);
  return play;
};
const PACKAGE = { documentPackage: 'a'.repeat(64) };
const national = resolveRuleSet('TENDER_LAW', 'CN', '2026-03-02');
if (national === null) throw new Error('no national rules');

describe('founding a lot (A-39)', () => {
  const parties = foundingParties();
  const bindings = parties.map(({ party }) => binding(textOf(party)));

  it('is the act of the agency, by its certificate, with somebody behind every party', () => {
    const play = seat(TV_E2E_01);
    const full = { ...draft(play), parties };
    expect(play.table.refusal('tenderer', 'lot.create', full, { secrets: { bindings } })).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings }, assurance: 'session' })).toBe('ASSURANCE');
    expect(play.table.refusal('agency', 'lot.create', full)).toBe('E_INPUT');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings: bindings.slice(1) } })).toBe('E_INPUT');
    expect(play.table.refusal('agency', 'lot.create', full, { secrets: { bindings } })).toBeNull();
  });

  it('names no expert and no bidder: those are drawn, or deliver (条例 46)', () => {
    const play = seat(TV_E2E_01);
    const more = { party: 'expert-1', roles: ['expert'], venue: 'main', seat: null };
    const given = { ...draft(play), parties: [...parties, more] };
    expect(play.table.refusal('agency', 'lot.create', given, { secrets: { bindings: [...bindings, binding('expert-1')] } })).toBe(
      'E_INPUT',
    );
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
    expect(play.table.refusal('agency', 'lot.create', { ...draft(play), previousRound, parties }, { secrets: { bindings } })).toBeNull();
  });

  it('after publication the owner admits only its own: no supervisor, witness or node of its choice', () => {
    const play = created();
    publishLot(play);
    const ask = (by: string, role: string): string | null => {
      const given = { party: 'newcomer-1', roles: [role], venue: 'main', seat: null };
      return play.table.refusal(by, 'lot.admit', given, { secrets: { binding: binding('newcomer-1') } });
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
  return play.table.refusal('agency', 'lot.publish', PACKAGE);
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
      frozenRuleSet(play.table.state, setup.publishedAt ?? '')?.hash,
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

  it('B-009 the document is to be had for five days, five working days in procurement', () => {
    expect(refusalWith(schedule('2026-03-06T15:59:59.000Z', '2026-03-24T01:30:00.000Z'))).toBe('E_INPUT');
    expect(refusalWith(schedule('2026-03-06T16:00:00.000Z', '2026-03-24T01:30:00.000Z'))).toBeNull();
    expect(refusalWith(schedule('2026-03-06T16:00:00.000Z', '2026-03-24T01:30:00.000Z'), TV_E2E_02)).toBe('E_INPUT');
    expect(refusalWith(schedule('2026-03-09T00:00:00.000Z', '2026-03-24T01:30:00.000Z'), TV_E2E_02)).toBeNull();
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
    [
      'a threshold below the number of keepers',
      {
        keepers: {
          bids: { threshold: 5, parties: ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'] },
          sheets: { threshold: 3, parties: ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] },
        },
      },
      'E_INPUT',
    ],
    [
      'no box that owner and agency open alone',
      {
        keepers: {
          bids: { threshold: 2, parties: ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'] },
          sheets: { threshold: 3, parties: ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] },
        },
      },
      'E_INPUT',
    ],
  ] as const)('demands %s', (_rule, change, code) => {
    expect(refusalWith(change)).toBe(code);
  });

  it('B-025 procurement takes low price first only, with at least 30 points for goods', () => {
    expect(refusalWith(rules({ price: TV_E2E_01.rules.price }, TV_E2E_02), TV_E2E_02)).toBe('E_INPUT');
    const items = [{ ...TV_E2E_02.rules.items[0]!, max: '60' }, TV_E2E_02.rules.items[1]!];
    expect(refusalWith(rules({ price: { kind: 'low-price-first', weight: '20' }, items }, TV_E2E_02), TV_E2E_02)).toBe('E_INPUT');
  });

  it('B-020 procurement of 10 M CNY and more needs seven members', () => {
    const small = { members: 5, representatives: 1 };
    expect(refusalWith(rules({ ceiling: '10000000.00', committee: small }, TV_E2E_02), TV_E2E_02)).toBe('E_COMMITTEE_SIZE');
    expect(refusalWith(rules({ committee: small }, TV_E2E_02), TV_E2E_02)).toBeNull();
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
    const amendment = { package: 'b'.repeat(64), summary: '修改工程量清单', affectsBids: true, deadline: null };
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

  it('end with the deadline', () => {
    const play = seat(TV_E2E_01);
    untilLocked(play);
    expect(play.table.refusal('agency', 'lot.amend', { package: 'b'.repeat(64), summary: 'x', affectsBids: false, deadline: null })).toBe(
      'WRONG_STATE',
    );
  });
});
