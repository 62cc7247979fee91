import type { JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  aggregate,
  at,
  decideAward,
  finish,
  letterOf,
  once,
  type Play,
  publishCandidates,
  reportedWithADifference,
  reportedWithAnOutlier,
  signReport,
  upheld,
} from '@app/testing/play';
import { membersOf, resultOf } from '../index.js';

const differing = once(reportedWithADifference);
const outlying = once(reportedWithAnOutlier);
const totalOf = (play: Play, letter: string): string | undefined =>
  resultOf(play.table.state)?.rows.find(({ party }) => letterOf(play, party) === letter)?.total;
const totals = (play: Play): Record<string, string> =>
  Object.fromEntries((resultOf(play.table.state)?.rows ?? []).map(({ party, total }) => [letterOf(play, party), total]));
const again = (bids: JsonObject) => [{ ground: 'RE_EVALUATION', reason: '复核' }, { secrets: { correction: { v: 1, bids } } }] as const;
const outlier = (bidder = 'bidder-1', member = 'expert-4') => ({
  secrets: { outlier: { part: 'technical', member, bidder, reason: '畸低' } },
});
const REASON = { reason: '复核' };

describe('A4 re-evaluation (87号令 64): found by the rules or by the committee, the cells named, the rest stands', () => {
  it('A4 is not the owner’s word: grounds that the engine makes impossible are none, and nobody orders all sheets anew', () => {
    const play = at(TV_E2E_01, 'reported');
    const { table } = play;
    for (const by of ['tenderer', 'agency'])
      for (const ground of ['SUM_ERROR', 'OUTLIER', 'MEMBER_VIOLATION', 'OBJECTION_UPHELD'])
        expect(table.refusal(by, 'lot.re-evaluate', { ground, reason: 'x' })).toBe('FORBIDDEN');
    for (const ground of ['SUM_ERROR', 'SCORE_OUT_OF_RANGE', 'OBJECTIVE_DIFFERENCE', 'OUTLIER'])
      expect(table.refusal('supervisor', 'lot.re-evaluate', { ground, reason: 'x' })).toBe('E_INPUT');
    // Nothing differs and nothing is marked in the worked lot.
    for (const by of ['tenderer', 'agency', 'supervisor']) expect(table.refusal(by, 'scoring.reopen', REASON)).toBe('E_INPUT');
    expect(table.refusal('expert-1', 'scoring.recognise-outlier', {}, outlier())).toBe('E_INPUT');
  });

  it('A4 94号令 16 an upheld challenge re-evaluates nothing in procurement, under tender law only with an upheld objection on record', () => {
    const order = { ground: 'OBJECTION_UPHELD', reason: '异议成立' };
    const challenged = at(TV_E2E_02, 'reported');
    expect(challenged.table.refusal('supervisor', 'lot.re-evaluate', order)).toBe('E_INPUT');
    const play = at(TV_E2E_01, 'reported');
    const { table } = play;
    expect(table.refusal('supervisor', 'lot.re-evaluate', order)).toBe('E_INPUT');
    upheld(play);
    table.act('supervisor', 'lot.re-evaluate', order);
    expect(table.state).toMatchObject({ status: 'RE_EVALUATION', setup: { reEvaluations: [{ committee: 'same' }] } });
  });

  it('A4 opens the differing objective cell alone, for who stands apart; every other score stands', () => {
    const play = differing();
    const { table } = play;
    expect([totalOf(play, 'A'), totalOf(play, 'B')]).toEqual(['87.75', '92.87']);
    const before = table.state.scoring.parts;
    table.act('agency', 'scoring.reopen', REASON);
    expect(table.state).toMatchObject({
      status: 'EVALUATING',
      committee: { step: 'scores:commercial', cycle: 1 },
      report: { generated: null },
      setup: { reEvaluations: [{ ground: 'OBJECTIVE_DIFFERENCE', committee: 'cells' }] },
      scoring: { aggregated: null, reopened: { commercial: ['expert-3'] } },
    });
    expect(table.state.scoring.parts.technical).toBe(before.technical);
    expect(table.state.scoring.parts.commercial).toMatchObject({ opened: before.commercial.opened, owed: ['expert-3'] });
    expect(table.answer('expert-1', 'scoring.correct-item', ...again({ 'bidder-1': { 'commercial-1': '10' } }))).toBe('E_ALREADY_LOCKED');
    expect(table.answer('expert-3', 'scoring.correct-item', ...again({ 'bidder-2': { 'commercial-1': '10' } }))).toBe('E_ALREADY_LOCKED');
    expect(table.answer('expert-3', 'scoring.correct-item', ...again({ 'bidder-1': { 'commercial-1': '11' } }))).toBe('E_SCORE_RANGE');
    table.act('expert-3', 'scoring.correct-item', ...again({ 'bidder-1': { 'commercial-1': '8' } }));
    expect(table.state.committee.step).toBe('aggregate');
    aggregate(play);
    expect(totals(play)).toEqual(TV_E2E_01.expected.totals);
    signReport(play);
    publishCandidates(play);
    decideAward(play, 'B');
    finish(play);
    expect(table.state.status).toBe('ARCHIVED');
  });

  it('A4 opens a cell once: whoever does not like the second value has no third', () => {
    const play = differing();
    const { table } = play;
    table.act('tenderer', 'scoring.reopen', REASON);
    table.act('expert-3', 'scoring.correct-item', ...again({ 'bidder-1': { 'commercial-1': '7' } }));
    aggregate(play);
    expect(totalOf(play, 'A')).toBe('87.75');
    expect(table.refusal('tenderer', 'scoring.reopen', REASON)).toBe('E_INPUT');
  });

  it('A4 an outlier is marked by the rules and recognised by more than half of the committee, by nobody else', () => {
    const play = outlying();
    const { table } = play;
    for (const by of ['tenderer', 'agency', 'supervisor'])
      expect(table.refusal(by, 'scoring.recognise-outlier', {}, outlier())).toBe('FORBIDDEN');
    expect(table.refusal('agency', 'scoring.reopen', REASON)).toBe('E_INPUT');
    expect(table.refusal('expert-1', 'scoring.recognise-outlier', {}, outlier('bidder-2'))).toBe('E_INPUT');
    expect(table.refusal('expert-1', 'scoring.recognise-outlier', {}, outlier('bidder-1', 'expert-2'))).toBe('E_INPUT');
    table.act('expert-1', 'scoring.recognise-outlier', {}, outlier());
    expect(table.refusal('expert-1', 'scoring.recognise-outlier', {}, outlier())).toBe('E_ALREADY_DONE');
    table.act('expert-2', 'scoring.recognise-outlier', {}, outlier());
    expect(table.state.status).toBe('REPORT_REVIEW');
    table.act('representative-1', 'scoring.recognise-outlier', {}, outlier());
    expect(table.state).toMatchObject({ status: 'EVALUATING', committee: { step: 'scores:technical' } });
    expect(table.state.scoring).toMatchObject({ reopened: { technical: ['expert-4'] }, parts: { commercial: { owed: [] } } });
    table.act('expert-4', 'scoring.correct-item', ...again({ 'bidder-1': { 'technical-1': '26' } }));
    // The commercial part was not opened again, so the evaluation goes on to the aggregation.
    expect(table.state.committee.step).toBe('aggregate');
    aggregate(play);
    expect(totals(play)).toEqual(TV_E2E_01.expected.totals);
  });

  it('A4 tells members and authority which cells, and nobody else whose they are', () => {
    const play = outlying();
    const { table } = play;
    for (const member of ['expert-1', 'expert-2', 'expert-3']) table.act(member, 'scoring.recognise-outlier', {}, outlier());
    const last = table.entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    expect(Object.keys(last.header.parts)).toEqual(expect.arrayContaining(['d:reopening', 'x:outlier']));
    expect(last.parts['d:reopening']).toMatchObject({
      ground: 'OUTLIER',
      by: ['expert-1', 'expert-2', 'expert-3'],
      cells: [{ part: 'technical', member: 'expert-4', bidder: 'bidder-1', item: 'technical-1' }],
    });
    const entry = { header: last.header, events: [], party: 'expert-3' };
    const sees = (party: string): boolean =>
      table.run.audience({ party, roles: [...(table.state.parties[party]?.roles ?? [])] }, entry, 'd:reopening');
    expect(['supervisor', 'expert-1', 'agency', 'tenderer', 'bidder-1'].map(sees)).toEqual([true, true, false, false, false]);
  });

  it('A4 survives the replacement of a member: who left owes nothing, the others go on', () => {
    const play = outlying();
    const { table } = play;
    for (const member of ['expert-1', 'expert-2', 'expert-3']) table.act(member, 'scoring.recognise-outlier', {}, outlier());
    table.act('expert-4', 'committee.replace-member', { member: 'expert-4', cause: 'ILLNESS', reason: '突发疾病' });
    expect(membersOf(table.state)).not.toContain('expert-4');
    expect(table.state.scoring.reopened.technical).toEqual([]);
    expect(table.state.committee.step).toBe('review');
  });

  it('A4 comes too late when the result was announced, even where the winner is passed over afterwards', () => {
    const play = differing();
    const { table } = play;
    publishCandidates(play);
    expect(table.refusal('agency', 'scoring.reopen', REASON)).toBeNull();
    decideAward(play, 'B');
    expect(table.refusal('agency', 'scoring.reopen', REASON)).toBe('WRONG_STATE');
  });
});
