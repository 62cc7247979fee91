import { describe, expect, it } from '@jest/globals';
import { TV_E2E_02 } from '@app/testing/lots';
import { at, decideAward, once, type Play } from '@app/testing/play';
import {
  awardOf,
  CHINA_CALENDAR,
  challengeEnd,
  evolveAll,
  initialLotState,
  limitEnd,
  limitEndAfter,
  limits,
  owed,
  ruleSetOf,
} from '../index.js';

const reported = once(() => at(TV_E2E_02, 'reported'));
/** The report is delivered, and nobody has looked at it. */
const delivered = once(() => at(TV_E2E_02, 'aggregated'));
function signed(): Play {
  const play = delivered();
  const { table } = play;
  table.act('node:main', 'report.generate');
  const report = table.state.report.generated?.hash ?? '';
  for (const member of TV_E2E_02.members) table.act(member, 'report.sign', { report, mode: 'SIGNED' });
  return play;
}
const objection = { secrets: { objection: { text: 'our price was misread' } } };

describe('C4 the challenge (质疑): 政府采购法条例 53(3), 94号令 10', () => {
  it('C4 seven working days run from the end of the notice: announced 2026-04-27, until 2026-05-11', () => {
    const announced = '2026-04-27T03:00:00.000Z';
    const notice = limitEnd(announced, { value: 1, unit: 'working-day' }, CHINA_CALENDAR);
    expect(notice).toBe('2026-04-28T16:00:00.000Z');
    const end = limitEndAfter(notice, { value: 7, unit: 'working-day' }, CHINA_CALENDAR);
    expect(end).toBe('2026-05-11T16:00:00.000Z');
    expect(limitEndAfter('2026-04-27T03:00:00.000Z', { value: 30, unit: 'second' }, CHINA_CALENDAR)).toBe('2026-04-27T03:00:30.000Z');
  });
  it('B-032 C4 a challenge is possible on the eighth working day after the announcement and not on the ninth', () => {
    const play = reported();
    const { table } = play;
    decideAward(play, 'C');
    expect(challengeEnd(table.state)).toBeNull();
    table.waitUntil('2026-04-27T03:00:00.000Z');
    table.act('tenderer', 'award.announce');
    expect(limits(table.state)).toContainEqual(expect.objectContaining({ name: 'challenge', at: '2026-05-11T16:00:00.000Z' }));
    table.waitUntil('2026-05-11T15:59:00.000Z');
    expect(table.answer('bidder-1', 'award.object', {}, objection)).toBe('OK');
    table.waitUntil('2026-05-11T16:00:00.000Z');
    expect(table.answer('bidder-2', 'award.object', {}, objection)).toBe('E_DEADLINE_PASSED');
    const contract = { hash: 'a'.repeat(64), price: '1200000', signedAt: table.now };
    expect(table.answer('tenderer', 'award.record-contract', contract)).toBe('E_OBJECTION_OPEN');
  });
});

describe('C14 a purchaser who does not decide (87号令 68)', () => {
  const decision = { secrets: { decision: { winner: 'bidder-3', reason: 'rank 1', passedOver: [] } } };
  it('C14 after five working days rank 1 is the winner by the log’s clock; the node owes the act, anybody entitled may do it', () => {
    const play = signed();
    const { table } = play;
    const from = limits(table.state).find(({ name }) => name === 'winner-decision')?.at ?? '';
    // Delivered on Tuesday 2026-03-24; Tomb-Sweeping Day is later.
    expect([table.state.status, table.state.report.deliveredAt?.slice(0, 10), from]).toEqual([
      'EVALUATED',
      '2026-03-24',
      '2026-03-31T16:00:00.000Z',
    ]);
    expect(owed(table.state, 'node:main')).toContainEqual(expect.objectContaining({ command: 'award.deem-decided', notBefore: from }));
    expect(table.answer('node:main', 'award.deem-decided')).toBe('E_TOO_EARLY');
    table.act('tenderer', 'report.review', { outcome: 'QUESTIONED' }, { secrets: { findings: { text: '再议' } } });
    table.waitUntil(from);
    expect(table.answer('expert-1', 'award.deem-decided')).toBe('FORBIDDEN');
    expect(table.answer('bidder-1', 'award.deem-decided')).toBe('OK');
    expect(table.state).toMatchObject({ status: 'AWARDED', award: { decided: { deemed: true } } });
    expect(awardOf(table.state)).toMatchObject({ winner: 'bidder-3', price: '1200000.00', passedOver: [] });
    const folded = evolveAll(initialLotState(table.state.origin, table.lot, 1), table.entries);
    expect(folded.award).toEqual(table.state.award);
    expect(table.answer('tenderer', 'award.decide', {}, decision)).toBe('WRONG_STATE');
    expect(table.answer('agency', 'award.announce')).toBe('OK');
  });
  it('C14 time in which the lot was suspended does not count; an unlawful rank 1 is not deemed', () => {
    const play = signed();
    const { table } = play;
    table.act('supervisor', 'lot.suspend', { cause: 'COMPLAINT', reason: '投诉处理' });
    table.waitUntil('2026-04-10T00:00:00.000Z');
    table.act('supervisor', 'lot.resume', { reason: '处理完毕', deadline: null });
    expect(table.answer('node:main', 'award.deem-decided')).toBe('E_TOO_EARLY');
    table.waitUntil('2026-04-20T00:00:00.000Z');
    const finding = { secrets: { finding: { text: '查实' } } };
    table.act('supervisor', 'award.find-unlawful', { bidder: 'bidder-3', document: 'd'.repeat(64) }, finding);
    expect(table.answer('node:main', 'award.deem-decided')).toBe('E_INPUT');
  });
  it('C14 whoever decided in time is not overruled, and tender law knows no such fiction', () => {
    const play = reported();
    decideAward(play, 'C');
    play.table.waitUntil('2026-06-01T00:00:00.000Z');
    expect(play.table.answer('node:main', 'award.deem-decided')).toBe('WRONG_STATE');
    expect(ruleSetOf(play.table.state).limits.winnerDecision).toEqual({ value: 5, unit: 'working-day' });
  });
});
