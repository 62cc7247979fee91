import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  acceptEmployed,
  at,
  COMPANY_B,
  closeOpening,
  contactExperts,
  drawnBeforeTheBids,
  once,
  openAllBids,
  type Play,
  requestDraw,
  seatOf,
  seedDraw,
  signIn,
  signInMember,
  startOpening,
} from '@app/testing/play';
import { membersOf, openSlots, owed } from '../index.js';

const drawnBefore = once(drawnBeforeTheBids);
const cause = (play: Play, by: string, member: string, why: string): string | null =>
  play.table.refusal(by, 'committee.replace-member', { member, cause: why, reason: '说明' });

describe('B7 SEC-25 recusal at four moments (domain.md §3.6)', () => {
  it('B7 SEC-25 at the call: whoever is employed by a known bidder does not become a member', () => {
    const play = at(TV_E2E_01, 'opened');
    requestDraw(play);
    seedDraw(play);
    expect(acceptEmployed(play, COMPANY_B)).toBe('E_RECUSAL_HIT');
    expect(acceptEmployed(play, { id: 'org-agency', name: '代理' })).toBe('E_RECUSAL_HIT');
    expect(acceptEmployed(play, { id: 'org-tenderer', name: '招标人' })).toBe('E_RECUSAL_HIT');
    expect(membersOf(play.table.state)).toEqual(['representative-1']);
    expect(acceptEmployed(play, null)).toBe('OK');
  });

  it('B7 SEC-25 at the list, over all who were called before it: the main venue recuses them, and the draw goes on', () => {
    const play = drawnBefore();
    const { table } = play;
    const owes = (): boolean => owed(table.state, 'node:main').some(({ command }) => command === 'committee.recuse');
    expect([owes(), table.refusal('node:main', 'committee.recuse')]).toEqual([false, 'WRONG_STATE']);
    startOpening(play);
    expect(owes()).toBe(true);
    expect(table.refusal('node:sub-1', 'committee.recuse')).toBe('FORBIDDEN');
    expect(table.refusal('agency', 'committee.recuse')).toBe('FORBIDDEN');
    table.act('node:main', 'committee.recuse');
    expect([owes(), table.refusal('node:main', 'committee.recuse')]).toEqual([false, 'E_ALREADY_DONE']);
    expect(table.state.committee.excused).toMatchObject({ 'expert-1': { cause: 'RECUSAL' } });
    expect(openSlots(table.state)).toHaveLength(1);
    contactExperts(play, 0);
    expect(membersOf(table.state)).toEqual(['expert-2', 'expert-3', 'expert-4', 'expert-5', 'representative-1']);
  });

  it('B7 SEC-25 at the seat and at the formation: a member whom a bidder employs neither signs in nor is formed', () => {
    const play = drawnBefore();
    const { table } = play;
    startOpening(play);
    openAllBids(play);
    closeOpening(play);
    expect(table.answer('expert-1', 'committee.sign-in', seatOf(play, 'expert-1'))).toBe('E_RECUSAL_HIT');
    for (const member of membersOf(table.state)) if (member !== 'expert-1') signInMember(play, member);
    expect(table.answer('agency', 'committee.form')).toBe('E_RECUSAL_HIT');
    table.act('node:main', 'committee.recuse');
    contactExperts(play, 0);
    signInMember(play, 'expert-5');
    expect(table.answer('agency', 'committee.form')).toBe('OK');
  });
});

describe('B8 条例 46(2) replacing a member', () => {
  it('B8 is never the agency’s sentence: illness and leaving the member or the witness says, a violation the authority finds', () => {
    const play = at(TV_E2E_01, 'evaluating');
    for (const why of ['ILLNESS', 'LEFT', 'VIOLATION', 'RECUSAL']) expect(cause(play, 'agency', 'expert-1', why)).toBe('FORBIDDEN');
    expect(cause(play, 'agency', 'expert-1', 'NO_SHOW')).toBe('E_ALREADY_DONE');
    for (const by of ['expert-1', 'witness-main']) {
      expect([cause(play, by, 'expert-1', 'ILLNESS'), cause(play, by, 'expert-1', 'LEFT')]).toEqual([null, null]);
      expect([cause(play, by, 'expert-1', 'VIOLATION'), cause(play, by, 'expert-1', 'RECUSAL')]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    }
    expect(cause(play, 'expert-2', 'expert-1', 'ILLNESS')).toBe('FORBIDDEN');
    expect(cause(play, 'tenderer', 'expert-1', 'ILLNESS')).toBe('FORBIDDEN');
    expect([cause(play, 'supervisor', 'expert-1', 'VIOLATION'), cause(play, 'supervisor', 'expert-1', 'RECUSAL')]).toEqual([null, null]);
    expect(cause(play, 'supervisor', 'expert-1', 'COMMITTEE_REFORMED')).toBe('E_INPUT');
  });

  it('B8 NO_SHOW: only of a member who has not signed in, and when his time is over', () => {
    const play = at(TV_E2E_01, 'drawn');
    const { table } = play;
    signIn(play, 'expert-1');
    expect(cause(play, 'agency', 'expert-1', 'NO_SHOW')).toBe('E_ALREADY_DONE');
    expect(cause(play, 'agency', 'expert-2', 'NO_SHOW')).toBe('E_TOO_EARLY');
    table.pass(3_600);
    expect(cause(play, 'expert-2', 'expert-2', 'NO_SHOW')).toBe('E_KEY_NOT_BOUND');
    expect(cause(play, 'agency', 'expert-2', 'NO_SHOW')).toBeNull();
    table.act('expert-2', 'committee.sign-in', seatOf(play, 'expert-2'), { assurance: 'session' });
    expect(cause(play, 'agency', 'expert-2', 'NO_SHOW')).toBe('E_ALREADY_DONE');
    // Whoever is called late has his own hour.
    table.act('agency', 'committee.replace-member', { member: 'expert-3', cause: 'NO_SHOW', reason: '未到场' });
    expect(openSlots(table.state)).toHaveLength(1);
    contactExperts(play, 0);
    expect(cause(play, 'agency', 'expert-5', 'NO_SHOW')).toBe('E_TOO_EARLY');
    table.pass(3_600);
    expect(cause(play, 'agency', 'expert-5', 'NO_SHOW')).toBeNull();
  });
});
