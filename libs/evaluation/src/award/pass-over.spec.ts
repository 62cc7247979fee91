import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@app/contracts';
import { type LotPlan, TV_E2E_01 } from '@app/testing/lots';
import { at, once, type Play, publishCandidates } from '@app/testing/play';
import { awardOf } from '../index.js';

const DAY = 24 * 3_600;
const closed = (plan: LotPlan): (() => Play) =>
  once(() => {
    const play = at(plan, 'reported');
    publishCandidates(play);
    return play;
  });
const withRules = (rules: Partial<LotPlan['rules']>): LotPlan => ({ ...TV_E2E_01, rules: { ...TV_E2E_01.rules, ...rules } });
const bound = closed(TV_E2E_01);
const secured = closed(withRules({ performanceSecurity: { percent: '10', days: 15 } }));
const unbound = closed(withRules({ stateMandated: false }));

const decide = ({ table }: Play, winner: string, passedOver: JsonValue[] = []) =>
  table.answer('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: 'by rank', passedOver } } });
const over = (cause: string, bidder = 'bidder-2') => ({ bidder, cause, reason: 'as he told us' });
const giveUp = ({ table }: Play, party: string, cause = 'GIVES_UP', assurance: 'certificate' | 'session' = 'certificate') =>
  table.answer(party, 'award.give-up', { cause }, { secrets: { statement: { text: '放弃中标资格' } }, assurance });
const find = ({ table }: Play, bidder: string, party = 'supervisor') =>
  table.answer(party, 'award.find-unlawful', { bidder, document: 'd'.repeat(64) }, { secrets: { finding: { text: '查实串通投标' } } });
const passOver = ({ table }: Play, cause: string) => table.answer('tenderer', 'award.pass-over', { cause, reason: 'none given' });

describe('A5 passing over rank 1 (条例 55)', () => {
  it.each(['GIVES_UP', 'FORCE_MAJEURE', 'NO_PERFORMANCE_SECURITY', 'UNLAWFUL'])(
    'A5 the tenderer’s sentence that it is %s passes over nobody, before or after the award',
    (cause) => {
      const play = bound();
      expect(decide(play, 'bidder-5', [over(cause)])).toBe('E_NO_EVIDENCE');
      expect(decide(play, 'bidder-2')).toBe('OK');
      expect(passOver(play, cause)).toBe('E_NO_EVIDENCE');
      play.table.act('tenderer', 'award.announce');
      play.table.pass(60 * DAY);
      expect(passOver(play, cause)).toBe('E_NO_EVIDENCE');
    },
  );
  it('A5 giving up is the candidate’s own certified act, and bears only the cause that it names', () => {
    const play = bound();
    const { table } = play;
    expect(giveUp(play, 'tenderer')).toBe('FORBIDDEN');
    expect(giveUp(play, 'bidder-1')).toBe('FORBIDDEN');
    expect(giveUp(play, 'bidder-2', 'GIVES_UP', 'session')).toBe('ASSURANCE');
    expect(giveUp(play, 'bidder-2', 'UNLAWFUL')).toBe('E_INPUT');
    expect(giveUp(play, 'bidder-2')).toBe('OK');
    expect(giveUp(play, 'bidder-2')).toBe('E_ALREADY_DONE');
    const seq = table.state.size - 1;
    expect(decide(play, 'bidder-2')).toBe('E_INPUT');
    expect(decide(play, 'bidder-5')).toBe('E_REASON_REQUIRED');
    expect(decide(play, 'bidder-5', [over('UNLAWFUL')])).toBe('E_NO_EVIDENCE');
    expect(decide(play, 'bidder-5', [over('GIVES_UP')])).toBe('OK');
    const evidence = { seq, by: 'bidder-2', at: table.entries[seq]?.header.at };
    expect(awardOf(table.state)).toMatchObject({ winner: 'bidder-5', passedOver: [{ bidder: 'bidder-2', cause: 'GIVES_UP', evidence }] });
  });
  it('A5 unlawful is what an entry of the supervision authority says of this bidder', () => {
    const play = bound();
    expect(find(play, 'bidder-2', 'tenderer')).toBe('FORBIDDEN');
    expect(find(play, 'expert-1')).toBe('E_INPUT');
    expect(find(play, 'bidder-5')).toBe('OK');
    expect(decide(play, 'bidder-5', [over('UNLAWFUL')])).toBe('E_INPUT');
    expect(decide(play, 'bidder-3', [over('UNLAWFUL'), over('UNLAWFUL', 'bidder-5')])).toBe('E_NO_EVIDENCE');
    expect(find(play, 'bidder-2')).toBe('OK');
    expect(find(play, 'bidder-2')).toBe('E_ALREADY_DONE');
    expect(decide(play, 'bidder-3', [over('UNLAWFUL'), over('UNLAWFUL', 'bidder-5')])).toBe('OK');
  });
  it('A5 the security is missing only when the date that the award notice set has passed', () => {
    const play = secured();
    const { table } = play;
    expect(decide(play, 'bidder-5', [over('NO_PERFORMANCE_SECURITY')])).toBe('E_NO_EVIDENCE');
    expect(decide(play, 'bidder-2')).toBe('OK');
    expect(passOver(play, 'NO_PERFORMANCE_SECURITY')).toBe('E_NO_EVIDENCE');
    const seq = table.act('tenderer', 'award.announce');
    const due = table.state.award.announced?.securityDue ?? '';
    expect(Date.parse(due) - Date.parse(table.now)).toBeGreaterThan(14 * DAY * 1_000);
    table.waitUntil(new Date(Date.parse(due) - 1).toISOString());
    expect(passOver(play, 'NO_PERFORMANCE_SECURITY')).toBe('E_NO_EVIDENCE');
    table.waitUntil(due);
    expect(passOver(play, 'NO_PERFORMANCE_SECURITY')).toBe('OK');
    expect(table.state).toMatchObject({
      status: 'AWARDING',
      award: { decided: null, announced: null, passedOver: { 'bidder-2': { evidence: { seq, at: due } } } },
    });
    expect(decide(play, 'bidder-2')).toBe('E_INPUT');
    expect(decide(play, 'bidder-5')).toBe('OK');
  });
  it('A5 a winner who gives up after the notice is passed over on his own act', () => {
    const play = bound();
    const { table } = play;
    expect(decide(play, 'bidder-2')).toBe('OK');
    table.act('tenderer', 'award.announce');
    expect(giveUp(play, 'bidder-2', 'FORCE_MAJEURE')).toBe('OK');
    expect(passOver(play, 'GIVES_UP')).toBe('E_NO_EVIDENCE');
    expect(passOver(play, 'FORCE_MAJEURE')).toBe('OK');
    expect(giveUp(play, 'bidder-2')).toBe('E_ALREADY_DONE');
    expect(decide(play, 'bidder-5')).toBe('OK');
  });
});

describe('A7 INVALID_VALIDITY puts out a bid, never the lot (domain.md §3.7)', () => {
  const extend = ({ table }: Play, party: string, until: string, assurance: 'certificate' | 'session' = 'certificate') =>
    table.answer(party, 'award.extend-validity', { until }, { assurance });
  /** Bids of the worked lots are valid for 90 days from the deadline; the last ends at 24:00 in China. */
  const endOf = ({ table }: Play): string => {
    const deadline = Date.parse(table.state.setup.schedule?.deadline ?? '');
    const day = new Date(deadline + 8 * 3_600_000 + 91 * DAY * 1_000).toISOString().slice(0, 10);
    return new Date(Date.parse(`${day}T00:00:00.000Z`) - 8 * 3_600_000).toISOString();
  };
  const later = (instant: string, days: number): string => new Date(Date.parse(instant) + days * DAY * 1_000).toISOString();

  it('A7 a bid whose validity ended is passed over on its own figure, not a day sooner, and gets no award', () => {
    const play = bound();
    const { table } = play;
    const end = endOf(play);
    expect(decide(play, 'bidder-5', [over('INVALID_VALIDITY')])).toBe('E_NO_EVIDENCE');
    expect(extend(play, 'bidder-5', later(end, 30))).toBe('OK');
    table.waitUntil(later(end, 0));
    expect(decide(play, 'bidder-2')).toBe('E_BID_EXPIRED');
    expect(decide(play, 'bidder-5', [over('INVALID_VALIDITY')])).toBe('OK');
    const award = awardOf(table.state);
    expect(award).toMatchObject({ winner: 'bidder-5', passedOver: [{ bidder: 'bidder-2', evidence: { by: 'bidder-2', at: end } }] });
    expect(table.state.status).toBe('AWARDED');
  });
  it('A7 the consent is the bidder’s own certified act while the bid binds, and moves the end', () => {
    const play = bound();
    const { table } = play;
    const end = endOf(play);
    expect(extend(play, 'tenderer', later(end, 30))).toBe('FORBIDDEN');
    expect(extend(play, 'bidder-2', later(end, 30), 'session')).toBe('ASSURANCE');
    expect(extend(play, 'bidder-2', end)).toBe('E_INPUT');
    expect(extend(play, 'bidder-2', later(end, 30))).toBe('OK');
    expect(extend(play, 'bidder-5', later(end, 30))).toBe('OK');
    table.waitUntil(later(end, 1));
    expect(extend(play, 'bidder-3', later(end, 30))).toBe('E_DEADLINE_PASSED');
    expect(decide(play, 'bidder-5', [over('INVALID_VALIDITY')])).toBe('E_NO_EVIDENCE');
    expect(decide(play, 'bidder-2')).toBe('OK');
  });
  it('A7 a winner whose bid ends before the notice is passed over; with the notice it ends no more', () => {
    const play = bound();
    const { table } = play;
    expect(decide(play, 'bidder-2')).toBe('OK');
    table.waitUntil(endOf(play));
    expect(table.refusal('tenderer', 'award.announce')).toBe('E_BID_EXPIRED');
    expect(passOver(play, 'INVALID_VALIDITY')).toBe('OK');
    expect(table.state).toMatchObject({ status: 'AWARDING', award: { passedOver: { 'bidder-2': { cause: 'INVALID_VALIDITY' } } } });
    const told = bound();
    expect(decide(told, 'bidder-2')).toBe('OK');
    told.table.act('tenderer', 'award.announce');
    told.table.waitUntil(later(endOf(told), 1));
    expect(passOver(told, 'INVALID_VALIDITY')).toBe('E_NO_EVIDENCE');
  });
});

describe('C14 where rank 1 binds', () => {
  it('C14 a lot that is not state-controlled and mandatory: the tenderer chooses among the candidates (招标投标法 40)', () => {
    const play = unbound();
    expect(decide(play, 'bidder-1')).toBe('E_INPUT');
    expect(decide(play, 'bidder-3', [over('GIVES_UP')])).toBe('E_NO_EVIDENCE');
    expect(giveUp(play, 'bidder-3')).toBe('OK');
    expect(decide(play, 'bidder-3')).toBe('E_INPUT');
    expect(decide(play, 'bidder-5')).toBe('OK');
  });
  it('C14 a tender document that is silent binds to rank 1 (条例 55)', () => {
    expect(decide(bound(), 'bidder-5')).toBe('E_REASON_REQUIRED');
  });
});
