import { reviewedBidders } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { Act } from '../src/core/commands/act.js';
import { answerAct, askAct, clarificationActs, clarificationRows } from '../src/areas/lot/model/clarifications.js';

describe('clarifications on the lot page', () => {
  it('A-142 A-143 the chair asks one bidder in writing with a time to answer; the bidder answers by its signed message', () => {
    const { table } = at(TV_E2E_01, 'evaluating');
    const chair = table.state.committee.chair ?? '';
    const [bidder = '', other = ''] = reviewedBidders(table.state);
    const sent = (party: string, act: Act | null) =>
      act === null ? 'NONE' : table.answer(party, act.type, act.payload, { secrets: act.secrets ?? {}, step: act.step ?? '' });
    expect(clarificationActs(table.run, [chair])).toMatchObject({ asker: chair, bidders: reviewedBidders(table.state) });
    expect(clarificationActs(table.run, [bidder])).toEqual({ asker: null, bidders: [], answers: [] });
    const question = '请说明工期安排';
    expect(askAct(table.state, table.now, { bidder, question, minutes: '0' })).toBeNull();
    expect(askAct(table.state, table.now, { bidder: '', question, minutes: '30' })).toBeNull();
    expect(sent(chair, askAct(table.state, table.now, { bidder, question, minutes: '30' }))).toBe('OK');
    expect(clarificationActs(table.run, [bidder, other]).answers).toEqual([{ party: bidder, id: 'clarification-1' }]);
    const [row] = clarificationRows(table.state, table.now);
    expect(row).toMatchObject({ bidder, question, state: 'open', answer: '' });
    expect(clarificationRows(table.state, row?.dueAt ?? '')[0]?.state).toBe('over');
    expect(answerAct('clarification-1', ' ')).toBeNull();
    expect(sent(bidder, answerAct('clarification-1', '按进度计划表'))).toBe('OK');
    expect(clarificationRows(table.state, table.now)[0]).toMatchObject({ state: 'answered', answer: '按进度计划表' });
  });
});
