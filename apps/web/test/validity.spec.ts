import { validityOf } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import {
  aggregate,
  decideAward,
  letterOf,
  once,
  publishCandidates,
  reviewBids,
  scoreBids,
  seat,
  signReport,
  untilEvaluating,
} from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../src/areas/commands.js';
import { dutiesOf } from '../src/areas/lot/model/duties.js';
import { resultBoard } from '../src/areas/lot/model/result-rows.js';
import { ASK, endOfDay, EXTEND, PASS_OVER, nowIn, validityAct, validityActs, validityRows } from '../src/areas/lot/model/validity.js';

const scored = once((): Play => {
  const play = seat(TV_E2E_01);
  untilEvaluating(play);
  reviewBids(play);
  for (const part of ['technical', 'commercial'] as const) scoreBids(play, part);
  return play;
});
const LATER = endOfDay('2026-11-30') ?? '';
const endOf = ({ table }: Play, bidder = 'bidder-2'): string => validityOf(table.state, bidder)?.at ?? '';
const commandsOf = ({ table }: Play, party: string, now = table.now): string[] =>
  validityActs(table.run, [party], now).map(({ command }) => command);

describe('A7 the validity of bids on the page of a lot', () => {
  it('A7 shows each end and who agreed to a later one, and offers each party what is its to do', () => {
    const play = scored();
    const { table } = play;
    table.act('bidder-1', EXTEND, { until: LATER });
    const rows = validityRows(table.state, table.now);
    expect(rows.at(-1)).toMatchObject({ bidder: 'bidder-1', until: LATER, isExtended: true, isOver: false });
    expect(validityRows(table.state, endOf(play)).filter(({ isOver }) => isOver)).toHaveLength(rows.length - 1);
    expect([commandsOf(play, 'tenderer'), commandsOf(play, 'agency'), commandsOf(play, 'bidder-2')]).toEqual([[ASK], [ASK], [EXTEND]]);
    expect([commandsOf(play, 'bidder-2', endOf(play)), commandsOf(play, 'expert-1'), commandsOf(play, 'supervisor')]).toEqual([[], [], []]);
  });

  it('A7 takes a day whole, until 24:00 in China, and no form that is not filled in', () => {
    expect([endOfDay('2026-11-30'), endOfDay('2026-13-01'), endOfDay('')]).toEqual(['2026-11-30T16:00:00.000Z', null, null]);
    expect(validityAct(ASK, '2026-11-30', '')).toBeNull();
    expect(validityAct(ASK, '2026-11-30', '延期')).toEqual({ type: ASK, payload: { until: LATER, reason: '延期' } });
    expect(validityAct(EXTEND, '2026-11-30', '')).toEqual({ type: EXTEND, payload: { until: LATER } });
    const state = scored().table.state;
    expect([nowIn(state, 0), nowIn(state, Date.parse('2030-01-01T00:00:59.000Z'))]).toEqual([state.at, '2030-01-01T00:00:00.000Z']);
  });

  it('A7 who was asked agrees with one press, and the venue takes what the forms sign', () => {
    const play = scored();
    const { table } = play;
    const ask = validityAct(ASK, '2026-11-30', '评标时间延长');
    table.act('tenderer', ASK, ask?.payload ?? {});
    const [duty] = dutiesOf(COMMANDS, table.run, ['bidder-2']).filter(({ command }) => command === EXTEND);
    expect(duty).toMatchObject({ act: { type: EXTEND, payload: { until: LATER } }, isTaken: true });
    expect(table.answer('bidder-2', EXTEND, duty?.act?.payload ?? {})).toBe('OK');
  });

  it('A7 an expired bid stands in the result without a rank, and a winner whose bid ended is passed over', () => {
    const play = scored();
    const { table } = play;
    for (const { bidder } of validityRows(table.state, table.now).filter((row) => row.bidder !== 'bidder-3'))
      table.act(bidder, EXTEND, { until: bidder === 'bidder-2' ? (endOfDay('2026-10-01') ?? '') : LATER });
    table.waitUntil(endOf(play, 'bidder-3'));
    aggregate(play);
    const board = resultBoard(table.state);
    expect(board).toMatchObject({ expired: [{ party: 'bidder-3', until: endOf(play, 'bidder-3') }] });
    signReport(play);
    publishCandidates(play);
    decideAward(play, letterOf(play, 'bidder-2'));
    expect(commandsOf(play, 'tenderer')).toEqual([ASK]);
    table.waitUntil(endOf(play));
    expect(commandsOf(play, 'tenderer')).toContain(PASS_OVER);
    expect(table.answer('tenderer', PASS_OVER, validityAct(PASS_OVER, '', '')?.payload ?? {})).toBe('OK');
    const [decide] = dutiesOf(COMMANDS, table.run, ['tenderer']).filter(({ command }) => command === 'award.decide');
    expect(decide?.choice?.options).not.toContain('bidder-2');
  });
});
