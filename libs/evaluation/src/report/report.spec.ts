import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, type Play, upheld } from '@app/testing/play';
import { disclosed, isObject, membersOf } from '../index.js';

const scored = (): Play => at(TV_E2E_01, 'aggregated');
function withReport(): Play {
  const play = scored();
  play.table.act('node:main', 'report.generate');
  return play;
}
const hashOf = ({ table }: Play): string => table.state.report.generated!.hash;

describe('the evaluation report', () => {
  it('A-151 A-153 names committee, opening, rejected bids with reasons, criteria, table and candidates (12号令 42, 87号令 58)', () => {
    const play = withReport();
    const { table } = play;
    const report = disclosed(table.state, table.state.report.generated!.seq, 'd:report');
    if (!isObject(report)) throw new Error('no report');
    expect(report).toMatchObject({
      committee: { chair: 'expert-1' },
      review: { rejected: [{ bidder: 'bidder-4', grounds: ['NOT_RESPONSIVE'] }] },
      opening: { k: '0.97' },
      result: { benchmark: { price: '9210150.00' } },
      candidates: [
        { party: 'bidder-2', rank: 1, total: '92.87' },
        { party: 'bidder-5', rank: 2, total: '91.53' },
        { party: 'bidder-3', rank: 3, total: '90.88' },
      ],
    });
    expect(table.entries.at(-1)?.header.parts['d:report']).toBe(hashOf(play));
  });
  it('A-152 everybody signs what he read; the last signature delivers it', () => {
    const play = scored();
    const { table } = play;
    expect(table.answer('expert-1', 'report.sign', { report: 'a'.repeat(64), mode: 'SIGNED' })).toBe('WRONG_STATE');
    table.act('node:main', 'report.generate');
    const signed = { report: hashOf(play), mode: 'SIGNED' };
    expect(table.answer('expert-1', 'report.sign', { ...signed, report: 'a'.repeat(64) })).toBe('E_REPORT_HASH_CHANGED');
    expect(table.answer('agency', 'report.sign', signed)).toBe('FORBIDDEN');
    expect(table.answer('expert-1', 'report.sign', signed, { assurance: 'session' })).toBe('ASSURANCE');
    for (const member of membersOf(table.state).slice(1)) table.act(member, 'report.sign', signed);
    expect(table.state.status).toBe('REPORT_SIGNING');
    expect(table.answer('node:main', 'report.generate')).toBe('E_ALREADY_LOCKED');
    table.act('expert-1', 'report.sign', signed);
    expect(table.state).toMatchObject({ status: 'EVALUATED', report: { deliveredAt: table.state.at } });
    expect(table.answer('expert-1', 'report.sign', signed)).toBe('WRONG_STATE');
  });
  it('条例 53 a dissent is in writing; a signature without one carries none', () => {
    const play = withReport();
    const { table } = play;
    const sign = (mode: string, secrets = {}) => table.answer('expert-1', 'report.sign', { report: hashOf(play), mode }, { secrets });
    const dissent = { dissent: { text: 'D should have stayed' } };
    expect(sign('SIGNED_WITH_DISSENT')).toBe('E_REASON_REQUIRED');
    expect(sign('SIGNED', dissent)).toBe('E_REASON_REQUIRED');
    expect(sign('REFUSED_DEEMED_AGREED')).toBe('E_INPUT');
    expect(sign('DISSENT_ONLY', dissent)).toBe('OK');
    expect(sign('SIGNED')).toBe('E_ALREADY_DONE');
  });
  it('条例 53 whoever refuses without a written dissent is taken to agree, after the time to sign, by a witness’s note', () => {
    const play = withReport();
    const { table } = play;
    for (const member of membersOf(table.state).slice(1)) table.act(member, 'report.sign', { report: hashOf(play), mode: 'SIGNED' });
    const deem = (member: string, party = 'witness-main') => table.answer(party, 'report.deem-agreed', { member, note: 'refused' });
    expect(deem('expert-1')).toBe('E_TOO_EARLY');
    table.pass(3_600);
    expect(deem('expert-1', 'supervisor')).toBe('FORBIDDEN');
    expect(deem('expert-2')).toBe('E_ALREADY_DONE');
    expect(deem('agency')).toBe('E_INPUT');
    expect(deem('expert-1')).toBe('OK');
    expect(table.state).toMatchObject({ status: 'EVALUATED', report: { ends: { 'expert-1': { end: 'REFUSED_DEEMED_AGREED' } } } });
  });
  it('a new version makes earlier reading void, while nobody has signed', () => {
    const play = withReport();
    const { table } = play;
    const before = hashOf(play);
    table.act('node:main', 'report.generate');
    expect(table.state.report.generated?.version).toBe(2);
    expect(table.answer('expert-1', 'report.sign', { report: before, mode: 'SIGNED' })).toBe('E_REPORT_HASH_CHANGED');
  });
  it('1117号 (五) the tenderer accepts it before publicity, or says what he questions', () => {
    const play = scored();
    const { table } = play;
    expect(table.answer('tenderer', 'report.review', { outcome: 'ACCEPTED' })).toBe('WRONG_STATE');
    table.act('node:main', 'report.generate');
    for (const member of membersOf(table.state)) table.act(member, 'report.sign', { report: hashOf(play), mode: 'SIGNED' });
    expect(table.answer('bidder-1', 'report.review', { outcome: 'ACCEPTED' })).toBe('FORBIDDEN');
    expect(table.answer('tenderer', 'report.review', { outcome: 'QUESTIONED' })).toBe('E_REASON_REQUIRED');
    table.act('tenderer', 'report.review', { outcome: 'QUESTIONED' }, { secrets: { findings: { text: 'sums' } } });
    expect(table.answer('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
    table.act('tenderer', 'report.review', { outcome: 'ACCEPTED' });
    expect(table.answer('tenderer', 'report.review', { outcome: 'ACCEPTED' })).toBe('E_ALREADY_DONE');
    expect(table.state.status).toBe('REPORT_REVIEW');
  });
  it('A-199 a re-evaluation voids the report', () => {
    const { table } = upheld(at(TV_E2E_01, 'reported'));
    table.act('supervisor', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: '异议成立' });
    table.act('agency', 'committee.restart');
    expect(table.state).toMatchObject({
      status: 'EVALUATING',
      report: { generated: null, deliveredAt: null },
      scoring: { aggregated: null },
    });
  });
});
