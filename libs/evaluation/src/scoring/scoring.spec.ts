import type { JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { at, type Play, scoreBids, scoreSheet, sealAt } from '@app/testing/play';
import { partDues, resultOf } from '../index.js';

type Part = 'technical' | 'commercial';
const reviewed = (): Play => at(TV_E2E_01, 'reviewed');
const atCommercial = (): Play => at(TV_E2E_01, 'half-scored');
/** Everybody hands in the worked values of the part, but for these of one member. */
function scoreBut(play: Play, part: Part, member: string, bidder: string, values: JsonObject): void {
  scoreBids(play, part, (scorer) => {
    const sheet = scoreSheet(play, scorer, part);
    return scorer === member ? { v: 1, bids: { ...(sheet['bids'] as JsonObject), [bidder]: values } } : sheet;
  });
}
const fix = (ground: string, bids: JsonObject) =>
  [{ ground, reason: 'on its ground' }, { secrets: { correction: { v: 1, bids } } }] as const;

describe('scoring', () => {
  it('A-140 A-146 parts are scored one after the other; sheets of a part not open are refused', () => {
    const play = reviewed();
    const { table } = play;
    const box = sealAt(play, 'expert-1', 'scores:commercial', { v: 1, bids: {} });
    const secrets = { ciphertext: box.ciphertext };
    expect(table.answer('expert-1', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets, step: 'scores:commercial' })).toBe(
      'WRONG_STEP',
    );
    expect(table.answer('expert-1', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets })).toBe('E_BOX_INVALID');
    expect(table.answer('agency', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets })).toBe('FORBIDDEN');
    expect(table.answer('node:main', 'scoring.aggregate')).toBe('WRONG_STEP');
  });
  it('E_SCORE_RANGE a value off its range or step is owed again, and only that one', () => {
    const play = reviewed();
    const { table } = play;
    scoreBut(play, 'technical', 'expert-2', 'bidder-1', { 'technical-1': '30.5' });
    expect(table.state.scoring.parts.technical).toMatchObject({ owed: ['expert-2'], closedAt: null });
    expect(table.answer('expert-1', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { 'technical-1': '20' } }))).toBe(
      'E_ALREADY_LOCKED',
    );
    expect(table.answer('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-2': { 'technical-1': '20' } }))).toBe(
      'E_ALREADY_LOCKED',
    );
    expect(table.answer('expert-2', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-1': { 'technical-1': '20' } }))).toBe(
      'E_ALREADY_LOCKED',
    );
    expect(table.answer('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { 'technical-1': '31' } }))).toBe(
      'E_SCORE_RANGE',
    );
    expect(table.answer('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', {}))).toBe('E_INPUT');
    expect(table.answer('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { 'technical-1': '24' } }))).toBe('OK');
    expect(table.state.committee.step).toBe('scores:commercial');
  });
  it('A-150 E_OBJECTIVE_MISMATCH an objective item blocks until members are equal', () => {
    const play = atCommercial();
    const { table } = play;
    scoreBut(play, 'commercial', 'expert-3', 'bidder-1', { 'commercial-1': '7' });
    expect(partDues(table.state, 'commercial').mismatches).toMatchObject([
      { bidder: 'bidder-1', item: 'commercial-1', owing: ['expert-3'] },
    ]);
    expect(table.answer('node:main', 'scoring.aggregate')).toBe('E_OBJECTIVE_MISMATCH');
    expect(table.answer('expert-3', 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-1': { 'commercial-1': '8' } }))).toBe(
      'OK',
    );
    table.act('node:main', 'scoring.aggregate');
    expect(resultOf(table.state)?.rows.find(({ party }) => party === 'bidder-1')?.total).toBe('87.95');
  });
  it('A-150 members in the majority may be the ones who are wrong, and correct theirs', () => {
    const play = atCommercial();
    const { table } = play;
    scoreBut(play, 'commercial', 'expert-3', 'bidder-1', { 'commercial-1': '7' });
    expect(table.answer('expert-1', 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-2': { 'commercial-1': '7' } }))).toBe(
      'E_ALREADY_LOCKED',
    );
    for (const member of ['expert-1', 'expert-2', 'expert-4', 'representative-1']) {
      table.act(member, 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-1': { 'commercial-1': '7' } }));
    }
    expect(table.state.committee.step).toBe('aggregate');
  });
  it('A-150 a member may stand by his objective value with evidence; then his value counts', () => {
    const play = atCommercial();
    const { table } = play;
    scoreBut(play, 'commercial', 'expert-3', 'bidder-1', { 'commercial-1': '3' });
    const confirm = (party: string, bidder: string) =>
      table.answer(party, 'scoring.confirm-item', {}, { secrets: { confirmation: { bidder, item: 'commercial-1', evidence: 'page 12' } } });
    expect(confirm('expert-1', 'bidder-1')).toBe('E_ALREADY_LOCKED');
    expect(confirm('expert-3', 'bidder-2')).toBe('E_INPUT');
    expect(table.answer('expert-3', 'scoring.confirm-item', {})).toBe('E_INPUT');
    expect(confirm('expert-3', 'bidder-1')).toBe('OK');
    table.act('node:main', 'scoring.aggregate');
    expect(resultOf(table.state)?.rows.find(({ party }) => party === 'bidder-1')?.parts['commercial']?.score).toBe('7.00');
  });
  it('A-149 an outlier (畸高畸低) needs its member’s reason, or his correction, before the part closes', () => {
    const play = reviewed();
    const { table } = play;
    scoreBut(play, 'technical', 'expert-4', 'bidder-2', { 'technical-1': '9' });
    expect(partDues(table.state, 'technical').outliers).toEqual([{ member: 'expert-4', bidder: 'bidder-2', percent: '-66.36' }]);
    expect(table.answer('node:main', 'scoring.aggregate')).toBe('E_STEP_BARRIER');
    const explain = (party: string, bidder: string) =>
      table.answer(party, 'scoring.explain-outlier', {}, { secrets: { explanation: { bidder, reason: 'the plan misses the bridge' } } });
    expect(explain('expert-1', 'bidder-2')).toBe('E_ALREADY_LOCKED');
    expect(explain('expert-4', 'bidder-1')).toBe('E_INPUT');
    expect(explain('expert-4', 'bidder-2')).toBe('OK');
    expect(table.state.committee.step).toBe('scores:commercial');
  });
  it('A-149 a corrected outlier is looked at again', () => {
    const play = reviewed();
    const { table } = play;
    scoreBut(play, 'technical', 'expert-4', 'bidder-2', { 'technical-1': '9' });
    table.act('expert-4', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-2': { 'technical-1': '12' } }));
    expect(table.state.scoring.parts.technical.owed).toEqual(['expert-4']);
    table.act('expert-4', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-2': { 'technical-1': '25' } }));
    expect(table.state.scoring.parts.technical.closedAt).not.toBeNull();
  });
  it('a box with no sheet in it puts every value of its member on the table, openly', () => {
    const play = reviewed();
    const { table } = play;
    scoreBids(play, 'technical', (member) => (member === 'expert-1' ? { v: 1, bids: 'no' } : scoreSheet(play, member, 'technical')));
    expect(table.state.scoring.parts.technical).toMatchObject({ owed: ['expert-1'], opened: { 'expert-1': { verdict: 'INVALID_SHEET' } } });
    table.act(
      'expert-1',
      'scoring.correct-item',
      { ground: 'INVALID_BOX', reason: 'broken' },
      { secrets: { correction: scoreSheet(play, 'expert-1', 'technical') } },
    );
    expect(table.state.committee.step).toBe('scores:commercial');
  });
  it('A1 what a bid declares of its small partners reaches its evaluated price; the price stays as quoted', () => {
    const partners = { form: 'SUBCONTRACT', percent: '35', isAllSmall: false, isIndependent: true };
    const rules = { ...TV_E2E_02.rules, deductions: { smallMicro: '10', smallPartner: '5', domestic: '20' } };
    const bids = TV_E2E_02.bids.map((bid) => (bid.letter === 'C' ? { ...bid, partners } : bid));
    const play = at({ ...TV_E2E_02, id: 'small-partner', rules, bids }, 'reported');
    const row = resultOf(play.table.state)?.rows.find(({ price }) => price === '1200000.00');
    // 945 000 / 1 140 000 × 30 = 24.87; 47 + 20 with it.
    expect(row).toMatchObject({ evaluatedPrice: '1140000.00', priceScore: '24.87', total: '91.87' });
  });
  it('A-145 aggregation happens once, by the node, and locks the scores', () => {
    const play = atCommercial();
    const { table } = play;
    scoreBids(play, 'commercial');
    expect(table.answer('agency', 'scoring.aggregate')).toBe('FORBIDDEN');
    table.act('node:main', 'scoring.aggregate');
    expect(table.state).toMatchObject({ status: 'REPORT_SIGNING', committee: { step: null } });
    expect(table.answer('node:main', 'scoring.aggregate')).toBe('WRONG_STATE');
    expect(table.answer('expert-1', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-1': { 'technical-1': '1' } }))).toBe('WRONG_STATE');
  });
});
