import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '@app/contracts';
import { type LotPlan, SECURED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  bidderOf,
  closeOpening,
  createLot,
  decideAward,
  fromEvaluatingToReported,
  fromOpenedToEvaluating,
  once,
  openAllBids,
  type Play,
  publishCandidates,
  publishKeys,
  recordSecurities,
  seat,
  startOpening,
  WITNESS_POLICY,
} from '@app/testing/play';
import { decide, limits, owed, view } from '../engine/index.js';
import { openingRecord } from '../opening/index.js';
import { reviewResult } from '../review/index.js';
import { dueReturns, returnOf, securityFindings, unrecordedSecurities } from './selectors.js';

const DAY = 24 * 3_600;
type Asked = NonNullable<LotPlan['rules']['bidSecurity']>;
const asking = (plan: LotPlan, bidSecurity: Asked): LotPlan => ({
  ...plan,
  rules: { ...plan.rules, bidSecurity },
});
const WORKS = asking(TV_E2E_01, { amount: '200000.00', forms: ['TRANSFER', 'BANK_GUARANTEE'] });
const GOODS = SECURED;
const BEFORE = '2026-03-20T02:00:00.000Z';

const came = (changes: JsonObject = {}): JsonObject => ({ form: 'TRANSFER', amount: '200000.00', receivedAt: BEFORE, ...changes });
function record({ table }: Play, bidder: string, received: JsonObject | null, number: JsonValue | null = '2026-0001', party = 'agency') {
  const secrets = number === null || received === null ? {} : { number };
  return table.answer(party, 'security.record', { bidder, received }, { secrets, assurance: 'session' });
}
const owes = ({ table }: Play, party: string, command: string): boolean =>
  owed(table.state, party).some((duty) => duty.command === command);
const due = ({ table }: Play): string[] => dueReturns(table.state).map(({ bidder }) => bidder);
const giveBack = ({ table }: Play, bidder: string, changes: JsonObject = {}, party = 'agency') =>
  table.answer(party, 'security.return', { bidder, interest: '356.20', returnedAt: table.now, ...changes });

const openedTo = (plan: LotPlan): (() => Play) =>
  once(() => {
    const play = at(plan, 'locked');
    startOpening(play);
    openAllBids(play);
    return play;
  });
/** Decryption closed, prices known, no security recorded. */
const works = openedTo(WORKS);
const goods = openedTo(GOODS);
/** Played on to the signed report; nothing or something else came of these, of the others what the document asks. */
function reported(play: Play, others: Readonly<Record<string, JsonObject | null>> = {}): Play {
  for (const [bidder, received] of Object.entries(others)) expect([bidder, record(play, bidder, received)]).toEqual([bidder, 'OK']);
  closeOpening(play);
  fromOpenedToEvaluating(play);
  fromEvaluatingToReported(play);
  return play;
}
const worksReported = once(() => reported(works()));
const goodsReported = once(() => reported(goods()));
function contracted(play: Play, winner: string): Play {
  const { table } = play;
  if (table.state.setup.regime === 'TENDER_LAW') publishCandidates(play);
  decideAward(play, winner);
  table.act('tenderer', 'award.announce');
  table.pass(9 * DAY);
  const price = table.state.award.announced?.price ?? '';
  table.act('tenderer', 'award.record-contract', { hash: 'c'.repeat(64), price, signedAt: table.now });
  return play;
}

describe('the tender document asks for a security', () => {
  const published = (plan: LotPlan): string | null => {
    const play = seat(plan);
    createLot(play);
    publishKeys(play);
    return play.table.refusal('agency', 'lot.publish', { documentPackage: 'a'.repeat(64) }, { facts: { witnessPolicy: WITNESS_POLICY } });
  };
  const sum = (amount: string): Asked => ({ amount, forms: ['TRANSFER'] });

  it('of two percent of the estimated price at most (条例 26), of the budget in procurement (政府采购法实施条例 33)', () => {
    expect(published(asking(TV_E2E_01, sum('200000.00')))).toBeNull();
    expect(published(asking(TV_E2E_01, sum('200000.01')))).toBe('E_INPUT');
    const budget = Number(TV_E2E_02.rules.facts.budget);
    expect(budget).toBeGreaterThan(0);
    expect(published(asking(TV_E2E_02, sum((budget * 0.02).toFixed(2))))).toBeNull();
    expect(published(asking(TV_E2E_02, sum((budget * 0.02 + 0.01).toFixed(2))))).toBe('E_INPUT');
  });
  it('of a named estimate where the document names one, and for works of 800,000 yuan at most', () => {
    const large = (projectType: LotPlan['projectType'], amount: string): LotPlan => {
      const plan = asking({ ...TV_E2E_01, projectType }, sum(amount));
      return { ...plan, rules: { ...plan.rules, facts: { ...plan.rules.facts, budget: '60000000.00' } } };
    };
    expect(published(large('construction', '800000.00'))).toBeNull();
    expect(published(large('construction', '800000.01'))).toBe('E_INPUT');
    expect(published(large('goods', '1200000.00'))).toBeNull();
    expect(published(large('goods', '1200000.01'))).toBe('E_INPUT');
  });
  it('in forms that are each named once', () => {
    expect(published(asking(TV_E2E_01, { amount: '1.00', forms: ['TRANSFER', 'TRANSFER'] }))).toBe('E_INPUT');
  });
});

describe('what came', () => {
  it('A-102 is recorded by the agency once the list is told, never before, and of bidders on the list alone', () => {
    const play = at(WORKS, 'locked');
    const { table } = play;
    expect(record(play, 'bidder-1', came())).toBe('WRONG_STATE');
    table.act('agency', 'opening.start');
    // Whose money came says who bids (招标投标法 22).
    expect(record(play, 'bidder-1', came())).toBe('WRONG_STEP');
    expect(owes(play, 'agency', 'security.record')).toBe(false);
    table.act('agency', 'opening.publish-list');
    expect(owes(play, 'agency', 'security.record')).toBe(true);
    expect(unrecordedSecurities(table.state)).toEqual(play.desks.map((desk) => bidderOf(play, desk)));
    expect(record(play, 'bidder-1', came(), '1', 'tenderer')).toBe('FORBIDDEN');
    expect(record(play, 'bidder-1', came(), '1', 'bidder-1')).toBe('FORBIDDEN');
    expect(record(play, 'bidder-9', came())).toBe('NOT_FOUND');
    expect(record(play, 'bidder-1', came({ receivedAt: '2030-01-01T00:00:00.000Z' }))).toBe('E_INPUT');
    expect(record(play, 'bidder-1', came({ amount: '1.001' }))).toBe('E_INPUT');
    expect(record(play, 'bidder-1', came({ form: 'CASH' }))).toBe('E_INPUT');
    expect(record(play, 'bidder-1', came(), null)).toBe('E_INPUT');
    expect(table.answer('agency', 'security.record', { bidder: 'bidder-1', received: null }, { secrets: { number: '1' } })).toBe('E_INPUT');
    expect(record(play, 'bidder-1', null)).toBe('OK');
    // What is found later on the account corrects it.
    expect(record(play, 'bidder-1', came())).toBe('OK');
    expect(table.state.security.recorded['bidder-1']).toMatchObject({ by: 'agency', received: came() });
    expect(unrecordedSecurities(table.state)).not.toContain('bidder-1');
  });
  it('A-102 is not asked for where the document asks for none', () => {
    const play = openedTo(TV_E2E_02)();
    expect(record(play, 'bidder-1', came())).toBe('WRONG_STATE');
    expect(owes(play, 'agency', 'security.record')).toBe(false);
    expect(JSON.stringify(openingRecord(play.table.state))).not.toMatch(/bidSecurity|findings":\[\],"sheet/);
    closeOpening(play);
  });
  it('A-102 has a number that only the owner, the supervisor and whoever paid are shown', () => {
    const play = works();
    recordSecurities(play);
    const sees = (party: string | null): number =>
      Object.keys(view(play.table.state, { party, roles: [] }).disclosed).filter((key) => key.endsWith('/x:number')).length;
    expect(['agency', 'tenderer', 'supervisor', 'bidder-2', 'witness-main', 'node:sub-1', null].map(sees)).toEqual([7, 7, 7, 1, 0, 0, 0]);
  });
  it('A-102 whoever judges the entry without its number finds the same', () => {
    const { table } = works();
    const payload = { bidder: 'bidder-1', received: came() };
    const { command, context } = table.prepare('agency', 'security.record', payload, { secrets: { number: '1' }, assurance: 'session' });
    const judged = decide(table.state, { command, openings: {}, isJudged: true }, context);
    expect(judged).toMatchObject({ ok: true, events: [{ type: 'entry.acted' }, { type: 'security.recorded', bidder: 'bidder-1' }] });
    expect(decide(table.state, { command, openings: {} }, context)).toMatchObject({ code: 'OPENING_MISMATCH' });
  });
  it('A-103 is read out: until it is recorded of everybody there is no read-out, and it stands in the record', () => {
    const play = works();
    const { table } = play;
    expect(table.refusal('agency', 'opening.read-out')).toBe('E_STEP_BARRIER');
    expect(owes(play, 'agency', 'opening.read-out')).toBe(false);
    expect(record(play, 'bidder-3', null)).toBe('OK');
    expect(record(play, 'bidder-4', came({ amount: '199999.99' }))).toBe('OK');
    expect(record(play, 'bidder-1', came())).toBe('OK');
    recordSecurities(play);
    expect([owes(play, 'agency', 'opening.read-out'), owes(play, 'agency', 'security.record')]).toEqual([true, false]);
    closeOpening(play);
    expect(record(play, 'bidder-3', came())).toBe('WRONG_STATE');
    const said = openingRecord(table.state);
    expect(said['bidSecurity']).toEqual({ amount: '200000.00', forms: ['TRANSFER', 'BANK_GUARANTEE'] });
    const bids = said['bids'] as { bidder: string; security: JsonObject }[];
    const of = (bidder: string) => bids.find((bid) => bid.bidder === bidder)?.security;
    expect(of('bidder-1')).toEqual({ received: came(), findings: [] });
    expect(of('bidder-3')).toEqual({ received: null, findings: ['MISSING'] });
    expect(of('bidder-4')).toEqual({ received: came({ amount: '199999.99' }), findings: ['SHORT'] });
    expect(JSON.stringify(said)).not.toContain('2026-0001');
  });
  it('A-103 nothing is corrected once the record is made: people sign what it says', () => {
    const play = works();
    const { table } = play;
    recordSecurities(play);
    table.act('agency', 'opening.read-out');
    // What was read out is what they confirm: it changes for whoever objects, until that is answered.
    expect(record(play, 'bidder-1', came({ amount: '100.00' }))).toBe('WRONG_STEP');
    table.act('bidder-1', 'opening.object', { text: '保证金金额有误' }, { assurance: 'session' });
    table.act('agency', 'opening.pause', { reason: '核对' }, { assurance: 'session' });
    expect(record(play, 'bidder-1', came({ amount: '100.00' }))).toBe('WRONG_STEP');
    table.act('agency', 'opening.resume', {}, { assurance: 'session' });
    expect(record(play, 'bidder-2', came({ amount: '100.00' }))).toBe('WRONG_STEP');
    expect(record(play, 'bidder-1', came({ amount: '100.00' }))).toBe('OK');
    const objection = table.state.opening.objections[0]?.id ?? '';
    table.act('agency', 'opening.reply', { objection, text: '已更正' }, { assurance: 'session' });
    expect(record(play, 'bidder-1', came())).toBe('WRONG_STEP');
    for (const desk of play.desks) table.act(bidderOf(play, desk), 'opening.confirm', {}, { assurance: 'session' });
    table.act('node:main', 'opening.make-record');
    expect(record(play, 'bidder-1', came())).toBe('WRONG_STEP');
  });
  it('A-105 is recorded of a lot that failed in its opening, too, and returned at once', () => {
    const play = at(WORKS, 'locked');
    const { table } = play;
    table.act('agency', 'opening.start');
    table.act('agency', 'opening.publish-list');
    table.act('supervisor', 'lot.fail', { reason: 'NEED_CANCELLED', explanation: '采购任务取消' });
    expect(table.state.status).toBe('LOT_FAILED');
    expect(record(play, 'bidder-1', came())).toBe('OK');
    expect(giveBack(play, 'bidder-1')).toBe('OK');
  });
  it('A-104 is measured by the tender document: what is missing, short, late or of another form is shown', () => {
    const play = works();
    const { table } = play;
    const deadline = table.state.setup.schedule?.deadline ?? '';
    const late = { receivedAt: deadline };
    const cases: [JsonObject | null, string[]][] = [
      [came(), []],
      [came({ form: 'BANK_GUARANTEE', amount: '250000' }), []],
      [null, ['MISSING']],
      [came({ form: 'INSURANCE' }), ['FORM']],
      [came({ amount: '199999.99' }), ['SHORT']],
      [came(late), ['LATE']],
      [came({ ...late, form: 'INSURANCE', amount: '1.00' }), ['FORM', 'SHORT', 'LATE']],
    ];
    expect(securityFindings(table.state, 'bidder-1')).toBeNull();
    for (const [received, findings] of cases) {
      expect(record(play, 'bidder-1', received)).toBe('OK');
      expect([received, securityFindings(table.state, 'bidder-1')]).toEqual([received, findings]);
    }
    table.waitUntil(new Date(Date.parse(deadline) + 1).toISOString());
    expect(record(play, 'bidder-1', came({ receivedAt: new Date(Date.parse(deadline) - 1).toISOString() }))).toBe('OK');
    expect(securityFindings(table.state, 'bidder-1')).toEqual([]);
  });
  it('A-104 excludes nobody by itself: the committee decides (条例 51)', () => {
    const play = reported(works(), { 'bidder-2': null });
    expect(securityFindings(play.table.state, 'bidder-2')).toEqual(['MISSING']);
    expect(reviewResult(play.table.state)?.valid).toContain('bidder-2');
  });
});

describe('what goes back', () => {
  it('A-105 B-047 to everybody within five days of the contract, with the interest, on the record (条例 57)', () => {
    const play = reported(works(), { 'bidder-3': null, 'bidder-4': came({ form: 'BANK_GUARANTEE' }) });
    const { table } = play;
    publishCandidates(play);
    decideAward(play, 'B');
    expect(giveBack(play, 'bidder-1')).toBe('E_TOO_EARLY');
    table.act('tenderer', 'award.announce');
    expect(giveBack(play, 'bidder-1')).toBe('E_TOO_EARLY');
    expect([owes(play, 'agency', 'security.return'), returnOf(table.state, 'bidder-1')]).toEqual([false, null]);
    const price = table.state.award.announced?.price ?? '';
    const seq = table.act('tenderer', 'award.record-contract', { hash: 'c'.repeat(64), price, signedAt: table.now });
    const signed = table.entries[seq]?.header.at ?? '';
    const [day] = limits(table.state).filter(({ name }) => name === 'security-return');
    // Five whole days after the day of the contract, Beijing time.
    expect(Date.parse(day?.at ?? '') - Date.parse(signed)).toBeGreaterThan(5 * DAY * 1_000);
    expect(Date.parse(day?.at ?? '') - Date.parse(signed)).toBeLessThanOrEqual(8 * DAY * 1_000);
    expect(day?.parties).toEqual(expect.arrayContaining(['bidder-1', 'bidder-2', 'agency', 'tenderer']));
    expect(owes(play, 'agency', 'security.return')).toBe(true);
    expect(due(play)).not.toContain('bidder-3');
    expect(giveBack(play, 'bidder-3')).toBe('NOT_FOUND');
    expect(giveBack(play, 'bidder-1', {}, 'supervisor')).toBe('FORBIDDEN');
    expect(giveBack(play, 'bidder-1', { interest: '1.005' })).toBe('E_INPUT');
    expect(giveBack(play, 'bidder-1', { returnedAt: '2030-01-01T00:00:00.000Z' })).toBe('E_INPUT');
    expect(giveBack(play, 'bidder-1', { returnedAt: BEFORE })).toBe('E_INPUT');
    expect(giveBack(play, 'bidder-4')).toBe('E_INPUT');
    expect(giveBack(play, 'bidder-4', { interest: '0' })).toBe('OK');
    expect(giveBack(play, 'bidder-1')).toBe('OK');
    expect(giveBack(play, 'bidder-1')).toBe('E_ALREADY_DONE');
    expect(table.state.security.settled['bidder-1']).toMatchObject({
      kind: 'RETURNED',
      amount: '200000.00',
      interest: '356.20',
      late: false,
    });
    table.waitUntil(new Date(Date.parse(day?.at ?? '') + 1_000).toISOString());
    expect(giveBack(play, 'bidder-2')).toBe('OK');
    expect(table.state.security.settled['bidder-2']).toMatchObject({ late: true });
  });
  it('A-105 before the archive: nothing is added to the log after it', () => {
    const play = contracted(goodsReported(), 'C');
    const archive = () => play.table.answer('agency', 'award.archive', { package: 'b'.repeat(64), size: 10 });
    expect(archive()).toBe('E_STEP_BARRIER');
    for (const bidder of due(play)) expect(giveBack(play, bidder)).toBe('OK');
    expect(owes(play, 'agency', 'security.return')).toBe(false);
    expect(archive()).toBe('OK');
  });
  it('A-105 in procurement to who did not win within five working days of the notice, to the winner of the contract (政府采购法实施条例 33)', () => {
    const play = goodsReported();
    const { table } = play;
    decideAward(play, 'C');
    table.act('tenderer', 'award.announce');
    const winner = table.state.award.announced?.winner ?? '';
    const others = play.desks.map((desk) => bidderOf(play, desk)).filter((bidder) => bidder !== winner);
    expect(due(play)).toEqual(others);
    expect(giveBack(play, winner)).toBe('E_TOO_EARLY');
    expect(giveBack(play, others[0] ?? '')).toBe('OK');
    const price = table.state.award.announced?.price ?? '';
    table.act('tenderer', 'award.record-contract', { hash: 'c'.repeat(64), price, signedAt: table.now });
    expect(due(play).sort()).toEqual([...others.slice(1), winner].sort());
    expect(limits(table.state).filter(({ name }) => name === 'security-return')).toHaveLength(1);
  });
  it('A-105 at once from a lot that failed', () => {
    const play = goodsReported();
    play.table.act('supervisor', 'lot.fail', { reason: 'NEED_CANCELLED', explanation: '采购任务取消' });
    expect(due(play)).toHaveLength(play.desks.length);
    expect(giveBack(play, 'bidder-1')).toBe('OK');
  });
});

describe('what is kept (条例 35, 74)', () => {
  const withhold = ({ table }: Play, bidder: string, party = 'tenderer') => table.answer(party, 'security.withhold', { bidder });

  it('A-105 rests on the record, never on the tenderer’s sentence', () => {
    const play = worksReported();
    const { table } = play;
    publishCandidates(play);
    expect(withhold(play, 'bidder-2')).toBe('E_NO_EVIDENCE');
    table.act('bidder-2', 'award.give-up', { cause: 'GIVES_UP' }, { secrets: { statement: { text: '放弃' } } });
    expect(withhold(play, 'bidder-2', 'agency')).toBe('FORBIDDEN');
    expect(withhold(play, 'bidder-2')).toBe('OK');
    expect(withhold(play, 'bidder-2')).toBe('E_ALREADY_DONE');
    expect(table.state.security.settled['bidder-2']).toMatchObject({ kind: 'WITHHELD', ground: 'GIVES_UP' });
    expect(withhold(play, 'bidder-5')).toBe('E_NO_EVIDENCE');
  });
  it('A-105 where there is a ground the tenderer is asked, and may give it back all the same', () => {
    const play = goodsReported();
    const { table } = play;
    decideAward(play, 'C');
    table.act('tenderer', 'award.announce');
    const winner = table.state.award.announced?.winner ?? '';
    table.act(winner, 'award.give-up', { cause: 'GIVES_UP' }, { secrets: { statement: { text: '放弃' } } });
    table.act('tenderer', 'award.pass-over', { cause: 'GIVES_UP', reason: '中标人放弃' });
    decideAward(play, 'A');
    table.act('tenderer', 'award.announce');
    expect(owes(play, 'tenderer', 'security.withhold')).toBe(true);
    // Of the winner who gave up, as of others who did not win, the day runs from the notice.
    expect(due(play)).toContain(winner);
    expect(giveBack(play, winner)).toBe('FORBIDDEN');
    expect(giveBack(play, winner, {}, 'tenderer')).toBe('OK');
    expect(owes(play, 'tenderer', 'security.withhold')).toBe(false);
  });
});
