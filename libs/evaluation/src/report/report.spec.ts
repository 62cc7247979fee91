import { describe, expect, it } from '@jest/globals';
import { newLot, once, playReport, playReview, playToResult, rejectD, seatCommittee } from '../../test/scripts.js';
import { disclosed, isObject, membersOf } from '../index.js';

const scored = once(() => {
  const lot = seatCommittee(newLot());
  return playToResult(playReview(lot, rejectD(lot)));
});
const withReport = () => scored().do('node:main', 'report.generate');
const hashOf = (lot: ReturnType<typeof scored>) => lot.state.report.generated!.hash;

describe('the evaluation report', () => {
  it('A-151 A-153 names committee, opening, rejected bids with reasons, criteria, table and candidates (12号令 42, 87号令 58)', () => {
    const lot = withReport();
    const report = disclosed(lot.state, lot.state.report.generated!.seq, 'd:report');
    if (!isObject(report)) throw new Error('no report');
    expect(report).toMatchObject({
      committee: { chair: 'expert-1' },
      review: { rejected: [{ bidder: 'bidder-4', grounds: ['UNQUALIFIED'] }] },
      opening: { k: '0.97' },
      result: { benchmark: { price: '9210150.00' } },
      candidates: [
        { party: 'bidder-2', rank: 1, total: '92.87' },
        { party: 'bidder-5', rank: 2, total: '91.53' },
        { party: 'bidder-3', rank: 3, total: '90.88' },
      ],
    });
    expect(lot.entries.at(-1)?.header.parts['d:report']).toBe(hashOf(lot));
  });
  it('A-152 everybody signs what he read; the last signature delivers it', () => {
    const lot = scored();
    expect(lot.code('expert-1', 'report.sign', { report: 'a'.repeat(64), mode: 'SIGNED' })).toBe('WRONG_STATE');
    lot.do('node:main', 'report.generate');
    const signed = { report: hashOf(lot), mode: 'SIGNED' };
    expect(lot.code('expert-1', 'report.sign', { ...signed, report: 'a'.repeat(64) })).toBe('E_REPORT_HASH_CHANGED');
    expect(lot.code('agency', 'report.sign', signed)).toBe('FORBIDDEN');
    expect(lot.code('expert-1', 'report.sign', signed, { assurance: 'session' })).toBe('ASSURANCE');
    for (const member of membersOf(lot.state).slice(1)) lot.do(member, 'report.sign', signed);
    expect(lot.state.status).toBe('REPORT_SIGNING');
    expect(lot.code('node:main', 'report.generate')).toBe('E_ALREADY_LOCKED');
    lot.do('expert-1', 'report.sign', signed);
    expect(lot.state).toMatchObject({ status: 'EVALUATED', report: { deliveredAt: lot.state.at } });
    expect(lot.code('expert-1', 'report.sign', signed)).toBe('WRONG_STATE');
  });
  it('条例 53 a dissent is in writing; a signature without one carries none', () => {
    const lot = withReport();
    const sign = (mode: string, secrets = {}) => lot.code('expert-1', 'report.sign', { report: hashOf(lot), mode }, { secrets });
    const dissent = { dissent: { text: 'D should have stayed' } };
    expect(sign('SIGNED_WITH_DISSENT')).toBe('E_REASON_REQUIRED');
    expect(sign('SIGNED', dissent)).toBe('E_REASON_REQUIRED');
    expect(sign('REFUSED_DEEMED_AGREED')).toBe('E_INPUT');
    expect(sign('DISSENT_ONLY', dissent)).toBe('OK');
    expect(sign('SIGNED')).toBe('E_ALREADY_DONE');
  });
  it('条例 53 whoever refuses without a written dissent is taken to agree, after the time to sign, by a witness’s note', () => {
    const lot = withReport();
    for (const member of membersOf(lot.state).slice(1)) lot.do(member, 'report.sign', { report: hashOf(lot), mode: 'SIGNED' });
    const deem = (member: string, party = 'witness-sub-1') => lot.code(party, 'report.deem-agreed', { member, note: 'refused' });
    expect(deem('expert-1')).toBe('E_TOO_EARLY');
    lot.now += 20_000;
    expect(deem('expert-1', 'supervisor')).toBe('FORBIDDEN');
    expect(deem('expert-2')).toBe('E_ALREADY_DONE');
    expect(deem('agency')).toBe('E_INPUT');
    expect(deem('expert-1')).toBe('OK');
    expect(lot.state).toMatchObject({ status: 'EVALUATED', report: { ends: { 'expert-1': { end: 'REFUSED_DEEMED_AGREED' } } } });
  });
  it('a new version makes earlier reading void, while nobody has signed', () => {
    const lot = withReport();
    const before = hashOf(lot);
    lot.do('node:main', 'report.generate');
    expect(lot.state.report.generated?.version).toBe(2);
    expect(lot.code('expert-1', 'report.sign', { report: before, mode: 'SIGNED' })).toBe('E_REPORT_HASH_CHANGED');
  });
  it('1117号 (五) the tenderer accepts it before publicity, or says what he questions', () => {
    const lot = scored();
    expect(lot.code('tenderer', 'report.review', { outcome: 'ACCEPTED' })).toBe('WRONG_STATE');
    lot.do('node:main', 'report.generate');
    for (const member of membersOf(lot.state)) lot.do(member, 'report.sign', { report: hashOf(lot), mode: 'SIGNED' });
    expect(lot.code('bidder-1', 'report.review', { outcome: 'ACCEPTED' })).toBe('FORBIDDEN');
    expect(lot.code('tenderer', 'report.review', { outcome: 'QUESTIONED' })).toBe('E_REASON_REQUIRED');
    lot.do('tenderer', 'report.review', { outcome: 'QUESTIONED' }, { secrets: { findings: { text: 'sums' } } });
    expect(lot.code('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
    lot.do('tenderer', 'report.review', { outcome: 'ACCEPTED' });
    expect(lot.code('tenderer', 'report.review', { outcome: 'ACCEPTED' })).toBe('E_ALREADY_DONE');
    expect(lot.state.status).toBe('REPORT_REVIEW');
  });
  it('A-199 a re-evaluation voids the report', () => {
    const lot = playReport(scored());
    lot.do('supervisor', 'lot.re-evaluate', { ground: 'OUTLIER', reason: 'recognised' }).do('agency', 'committee.restart');
    expect(lot.state).toMatchObject({
      status: 'EVALUATING',
      report: { generated: null, deliveredAt: null },
      scoring: { aggregated: null },
    });
  });
});
