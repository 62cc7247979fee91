import type { JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { newLot, once, playReview, playScores, rejectD, scoreSheet, seatCommittee, TENDER_SCORES } from '../../test/scripts.js';
import type { LotPlayer } from '../../test/lot-player.js';
import { partDues, resultOf } from '../index.js';

const reviewed = once(() => {
  const lot = seatCommittee(newLot());
  return playReview(lot, rejectD(lot));
});
const good = (lot: LotPlayer) => (member: string) => scoreSheet(lot, member, TENDER_SCORES);
/** The member's good sheet with one value changed. */
const changed = (lot: LotPlayer, member: string, bidder: string, values: JsonObject): JsonObject => {
  const sheet = scoreSheet(lot, member, TENDER_SCORES);
  return { v: 1, bids: { ...(sheet['bids'] as JsonObject), [bidder]: values } };
};
const atCommercial = once(() => {
  const lot = reviewed();
  return playScores(lot, good(lot));
});
const fix = (ground: string, bids: JsonObject) =>
  [{ ground, reason: 'on its ground' }, { secrets: { correction: { v: 1, bids } } }] as const;

describe('scoring', () => {
  it('A-140 A-146 parts are scored one after the other; sheets of a part not open are refused', () => {
    const lot = reviewed().publishKeys('scores:commercial');
    const box = lot.seal('expert-1', 'scores:commercial', { v: 1, bids: {} });
    const secrets = { ciphertext: box.ciphertext };
    expect(lot.code('expert-1', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets, step: 'scores:commercial' })).toBe(
      'WRONG_STEP',
    );
    lot.publishKeys('scores:technical');
    expect(lot.code('expert-1', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets })).toBe('E_BOX_INVALID');
    expect(lot.code('agency', 'scoring.submit-sheet', { manifest: box.manifest }, { secrets })).toBe('FORBIDDEN');
    expect(lot.code('node:main', 'scoring.aggregate')).toBe('WRONG_STEP');
  });
  it('E_SCORE_RANGE a value off its range or step is owed again, and only that one', () => {
    const lot = reviewed();
    playScores(lot, (member) => (member === 'expert-2' ? changed(lot, member, 'bidder-1', { t: '30.5' }) : good(lot)(member)));
    expect(lot.state.scoring.parts.technical).toMatchObject({ owed: ['expert-2'], closedAt: null });
    expect(lot.code('expert-1', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { t: '20' } }))).toBe('E_ALREADY_LOCKED');
    expect(lot.code('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-2': { t: '20' } }))).toBe('E_ALREADY_LOCKED');
    expect(lot.code('expert-2', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-1': { t: '20' } }))).toBe('E_ALREADY_LOCKED');
    expect(lot.code('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { t: '31' } }))).toBe('E_SCORE_RANGE');
    expect(lot.code('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', {}))).toBe('E_INPUT');
    expect(lot.code('expert-2', 'scoring.correct-item', ...fix('INVALID_ITEM', { 'bidder-1': { t: '24' } }))).toBe('OK');
    expect(lot.state.committee.step).toBe('scores:commercial');
  });
  it('A-150 E_OBJECTIVE_MISMATCH an objective item blocks until members are equal', () => {
    const lot = atCommercial();
    playScores(lot, (member) => (member === 'expert-3' ? changed(lot, member, 'bidder-1', { c: '7' }) : good(lot)(member)));
    expect(partDues(lot.state, 'commercial').mismatches).toMatchObject([{ bidder: 'bidder-1', item: 'c', owing: ['expert-3'] }]);
    expect(lot.code('node:main', 'scoring.aggregate')).toBe('E_OBJECTIVE_MISMATCH');
    expect(lot.code('expert-3', 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-1': { c: '8' } }))).toBe('OK');
    lot.do('node:main', 'scoring.aggregate');
    expect(resultOf(lot.state)?.rows.find(({ party }) => party === 'bidder-1')?.total).toBe('87.95');
  });
  it('A-150 members in the majority may be the ones who are wrong, and correct theirs', () => {
    const lot = atCommercial();
    playScores(lot, (member) => (member === 'expert-3' ? changed(lot, member, 'bidder-1', { c: '7' }) : good(lot)(member)));
    expect(lot.code('expert-1', 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-2': { c: '7' } }))).toBe('E_ALREADY_LOCKED');
    for (const member of ['expert-1', 'expert-2', 'expert-4', 'representative-1']) {
      lot.do(member, 'scoring.correct-item', ...fix('OBJECTIVE_MISMATCH', { 'bidder-1': { c: '7' } }));
    }
    expect(lot.state.committee.step).toBe('aggregate');
  });
  it('A-150 a member may stand by his objective value with evidence; then his value counts', () => {
    const lot = atCommercial();
    playScores(lot, (member) => (member === 'expert-3' ? changed(lot, member, 'bidder-1', { c: '3' }) : good(lot)(member)));
    const confirm = (party: string, bidder: string) =>
      lot.code(party, 'scoring.confirm-item', {}, { secrets: { confirmation: { bidder, item: 'c', evidence: 'page 12' } } });
    expect(confirm('expert-1', 'bidder-1')).toBe('E_ALREADY_LOCKED');
    expect(confirm('expert-3', 'bidder-2')).toBe('E_INPUT');
    expect(lot.code('expert-3', 'scoring.confirm-item', {})).toBe('E_INPUT');
    expect(confirm('expert-3', 'bidder-1')).toBe('OK');
    lot.do('node:main', 'scoring.aggregate');
    expect(resultOf(lot.state)?.rows.find(({ party }) => party === 'bidder-1')?.parts['commercial']?.score).toBe('7.00');
  });
  it('A-149 an outlier (畸高畸低) needs its member’s reason, or his correction, before the part closes', () => {
    const lot = reviewed();
    playScores(lot, (member) => (member === 'expert-4' ? changed(lot, member, 'bidder-2', { t: '9' }) : good(lot)(member)));
    expect(partDues(lot.state, 'technical').outliers).toEqual([{ member: 'expert-4', bidder: 'bidder-2', percent: '-66.36' }]);
    expect(lot.code('node:main', 'scoring.aggregate')).toBe('E_STEP_BARRIER');
    const explain = (party: string, bidder: string) =>
      lot.code(party, 'scoring.explain-outlier', {}, { secrets: { explanation: { bidder, reason: 'the plan misses the bridge' } } });
    expect(explain('expert-1', 'bidder-2')).toBe('E_ALREADY_LOCKED');
    expect(explain('expert-4', 'bidder-1')).toBe('E_INPUT');
    expect(explain('expert-4', 'bidder-2')).toBe('OK');
    expect(lot.state.committee.step).toBe('scores:commercial');
  });
  it('A-149 a corrected outlier is looked at again', () => {
    const lot = reviewed();
    playScores(lot, (member) => (member === 'expert-4' ? changed(lot, member, 'bidder-2', { t: '9' }) : good(lot)(member)));
    lot.do('expert-4', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-2': { t: '12' } }));
    expect(lot.state.scoring.parts.technical.owed).toEqual(['expert-4']);
    lot.do('expert-4', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-2': { t: '25' } }));
    expect(lot.state.scoring.parts.technical.closedAt).not.toBeNull();
  });
  it('a box with no sheet in it puts every value of its member on the table, openly', () => {
    const lot = reviewed();
    playScores(lot, (member) => (member === 'expert-1' ? { v: 1, bids: 'no' } : good(lot)(member)));
    expect(lot.state.scoring.parts.technical).toMatchObject({ owed: ['expert-1'], opened: { 'expert-1': { verdict: 'INVALID_SHEET' } } });
    lot.do(
      'expert-1',
      'scoring.correct-item',
      { ground: 'INVALID_BOX', reason: 'broken' },
      { secrets: { correction: good(lot)('expert-1') } },
    );
    expect(lot.state.committee.step).toBe('scores:commercial');
  });
  it('A-145 aggregation happens once, by the node, and locks the scores', () => {
    const lot = atCommercial();
    playScores(lot, good(lot));
    expect(lot.code('agency', 'scoring.aggregate')).toBe('FORBIDDEN');
    lot.do('node:main', 'scoring.aggregate');
    expect(lot.state).toMatchObject({ status: 'REPORT_SIGNING', committee: { step: null } });
    expect(lot.code('node:main', 'scoring.aggregate')).toBe('WRONG_STATE');
    expect(lot.code('expert-1', 'scoring.correct-item', ...fix('OUTLIER', { 'bidder-1': { t: '1' } }))).toBe('WRONG_STATE');
  });
  it('a benchmark without its drawn coefficient is not computed', () => {
    const lot = atCommercial();
    playScores(lot, good(lot));
    lot.state = { ...lot.state, opening: { ...lot.state.opening, coefficient: { ...lot.state.opening.coefficient, value: null } } };
    expect(lot.code('node:main', 'scoring.aggregate')).toBe('WRONG_STATE');
  });
});
