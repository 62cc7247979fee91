import { describe, expect, it } from '@jest/globals';
import type { LotState } from '@app/evaluation';
import { awardOf, membersOf, openSlots, owedKeys, resultOf, sealedName } from '@app/evaluation';
import { type LotPlan, SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  admit,
  aggregate,
  askFor,
  at,
  contactExperts,
  createLot,
  decideAward,
  electChair,
  finish,
  letterOf,
  type Play,
  publishCandidates,
  publishKeys,
  publishLot,
  requestDraw,
  requestRefusal,
  reviewBids,
  reviewSheet,
  scoreBids,
  seat,
  seedDraw,
  signInMember,
  signReport,
  submitBox,
  upheld,
  voteOnAward,
} from '@app/testing/play';

const order = (play: Play, kind: string): void => {
  play.table.act('supervisor', 'lot.order', { kind, reason: '监督指令' });
};
const evaluating = (): Play => at(TV_E2E_01, 'evaluating');
const totalsOf = (play: Play): Record<string, string> =>
  Object.fromEntries((resultOf(play.table.state)?.rows ?? []).map((row) => [letterOf(play, row.party), row.total]));
const without = ({ status, previous, setup, at, size, ...rest }: LotState): object => ({
  ...rest,
  parties: rest.parties,
  n: [status, previous, setup, at, size].length,
});

describe('suspension', () => {
  it('电子招标投标办法 52 the supervisor’s order stops a running evaluation and only he lifts it; nothing is lost', () => {
    const play = evaluating();
    submitBox(play, 'expert-1', 'review.submit-sheet', 'review', reviewSheet(play, 'expert-1'));
    const before = play.table.state;
    order(play, 'PAUSE');
    expect(play.table.state).toMatchObject({ status: 'SUSPENDED', previous: 'EVALUATING' });
    expect(play.table.refusal('expert-2', 'review.submit-sheet', { manifest: {} }, { step: 'review', secrets: { ciphertext: 'AA' } })).toBe(
      'WRONG_STATE',
    );
    expect(play.table.refusal('agency', 'lot.resume', { reason: '继续', deadline: null })).toBe('FORBIDDEN');
    expect(play.table.refusal('supervisor', 'lot.order', { kind: 'PAUSE', reason: '再次' })).toBe('E_ALREADY_DONE');
    order(play, 'RESUME');
    expect(play.table.state.status).toBe('EVALUATING');
    expect(without(play.table.state)).toMatchObject({ review: before.review, committee: before.committee, opening: before.opening });
    expect(play.table.refusal('supervisor', 'lot.order', { kind: 'RESUME', reason: '再次' })).toBe('WRONG_STATE');
  });

  it('of a lot open for bids past its deadline ends with a later deadline', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    play.table.act('agency', 'lot.suspend', { cause: 'OBJECTION', reason: '招标文件异议' });
    expect(play.table.refusal('agency', 'lot.suspend', { cause: 'OUTAGE', reason: 'x' })).toBe('WRONG_STATE');
    play.table.waitUntil('2026-03-25T00:00:00.000Z');
    expect(play.table.refusal('agency', 'lot.resume', { reason: '已答复', deadline: null })).toBe('E_INPUT');
    play.table.act('agency', 'lot.resume', { reason: '已答复', deadline: '2026-04-01T01:30:00.000Z' });
    expect(play.table.state).toMatchObject({ status: 'SUBMISSION_OPEN', setup: { schedule: { deadline: '2026-04-01T01:30:00.000Z' } } });
  });

  it('only the supervisor suspends by order', () => {
    const play = at(TV_E2E_01, 'locked');
    expect(play.table.refusal('agency', 'lot.suspend', { cause: 'SUPERVISION_ORDER', reason: 'x' })).toBe('FORBIDDEN');
    expect(play.table.refusal('witness-main', 'lot.suspend', { cause: 'OBJECTION', reason: 'x' })).toBe('FORBIDDEN');
  });
});

describe('termination and failure', () => {
  it('A-197 the tenderer ends a tender before the deadline, not after it (条例 31)', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    expect(play.table.refusal('supervisor', 'lot.terminate', { reason: 'x' })).toBe('FORBIDDEN');
    expect(play.table.refusal('tenderer', 'lot.terminate', { reason: '项目取消' })).toBeNull();
    const later = at(TV_E2E_01, 'locked');
    expect(later.table.refusal('tenderer', 'lot.terminate', { reason: '项目取消' })).toBe('WRONG_STATE');
    play.table.act('tenderer', 'lot.terminate', { reason: '项目取消' });
    expect(play.table.state).toMatchObject({ status: 'TERMINATED', setup: { isPublic: true } });
    expect(play.table.refusal('agency', 'lot.issue-documents')).toBe('WRONG_STATE');
  });

  it('a lot fails for a reason of the law, and what was sealed stays sealed', () => {
    const play = at(TV_E2E_01, 'locked');
    expect(play.table.refusal('supervisor', 'lot.fail', { reason: 'LT3_SUBMITTED', explanation: 'x' })).toBe('E_INPUT');
    play.table.act('supervisor', 'lot.fail', { reason: 'ILLEGALITY', explanation: '串通投标' });
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'ILLEGALITY' } } });
    expect(Object.keys(play.table.state.keepers.released)).toEqual([]);
  });
});

describe('A7 failing a lot', () => {
  const fail = (play: Play, by: string, reason: string): string | null =>
    play.table.refusal(by, 'lot.fail', { reason, explanation: '说明' });

  it('A7 is never the owner’s word: what the law calls illegal or not needed any more the authority finds', () => {
    for (const stage of ['locked', 'evaluating', 'reported'] as const) {
      const play = at(TV_E2E_01, stage);
      for (const by of ['tenderer', 'agency'])
        for (const reason of ['ILLEGALITY', 'NEED_CANCELLED', 'OUTAGE_UNRECOVERABLE', 'NO_AWARD_VALID'])
          expect(fail(play, by, reason)).toBe('FORBIDDEN');
      expect(fail(play, 'supervisor', 'ILLEGALITY')).toBeNull();
      expect(play.table.refusal('supervisor', 'lot.fail', { reason: 'ILLEGALITY', explanation: '说明' }, { assurance: 'session' })).toBe(
        'ASSURANCE',
      );
    }
  });

  it('A7 is nobody’s word where it follows from counts and prices, nor for an expired validity, which leaves out a bid', () => {
    const play = at(TV_E2E_02, 'opened');
    for (const reason of ['OVER_BUDGET', 'LT3_SUBMITTED', 'LT3_RESPONSIVE', 'ALL_REJECTED', 'INVALID_VALIDITY'])
      expect(fail(play, 'supervisor', reason)).toBe('E_INPUT');
  });

  it('A7 政府采购法 36(3) in procurement every price above the ceiling ends the lot as OVER_BUDGET, by the rule alone', () => {
    const poor = { ...TV_E2E_02, rules: { ...TV_E2E_02.rules, ceiling: '900000.00' } };
    const play = at(poor, 'evaluating');
    reviewBids(play);
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'OVER_BUDGET' } } });
    const one = at({ ...TV_E2E_02, rules: { ...TV_E2E_02.rules, ceiling: '990000.00' } }, 'evaluating');
    reviewBids(one);
    expect(one.table.state.setup.failure?.reason).toBe('LT3_RESPONSIVE');
  });

  it('A7 招标投标法 45 comes too late when the notice of award has gone out', () => {
    const play = at(TV_E2E_02, 'reported');
    decideAward(play, 'C');
    expect(fail(play, 'supervisor', 'ILLEGALITY')).toBeNull();
    play.table.act('tenderer', 'award.announce');
    expect(fail(play, 'supervisor', 'ILLEGALITY')).toBe('WRONG_STATE');
    play.table.act('supervisor', 'lot.suspend', { cause: 'COMPLAINT', reason: '投诉' });
    expect(fail(play, 'supervisor', 'ILLEGALITY')).toBe('WRONG_STATE');
  });
});

describe('reserved acts of the authority', () => {
  const erase = (play: Play): string | null =>
    play.table.refusal('supervisor', 'lot.erase-parts', { parts: [{ seq: 3, name: 'who' }], ground: '保存期限已届满' });

  it('PRESERVE_EVIDENCE keeps everything from erasure until the authority releases it, also in a lot that is over', () => {
    const play = at(TV_E2E_01, 'locked');
    play.table.act('supervisor', 'lot.fail', { reason: 'ILLEGALITY', explanation: '串通投标' });
    expect(erase(play)).toBeNull();
    expect(play.table.refusal('supervisor', 'lot.order', { kind: 'RELEASE_EVIDENCE', reason: 'x' })).toBe('WRONG_STATE');
    order(play, 'PRESERVE_EVIDENCE');
    expect(erase(play)).toBe('E_EVIDENCE_PRESERVED');
    expect(play.table.refusal('supervisor', 'lot.order', { kind: 'PRESERVE_EVIDENCE', reason: 'x' })).toBe('E_ALREADY_DONE');
    order(play, 'RELEASE_EVIDENCE');
    expect(erase(play)).toBeNull();
  });

  it('CLOSE_WITHOUT_VENUE does not exist: no step closes while a sheet is owed, whoever orders it', () => {
    expect(evaluating().table.refusal('supervisor', 'lot.order', { kind: 'CLOSE_WITHOUT_VENUE', reason: 'x' })).toBe('E_INPUT');
  });

  it('a lot that is over cannot be paused', () => {
    const play = at(TV_E2E_01, 'locked');
    play.table.act('supervisor', 'lot.fail', { reason: 'ILLEGALITY', explanation: '串通投标' });
    expect(play.table.refusal('supervisor', 'lot.order', { kind: 'PAUSE', reason: 'x' })).toBe('WRONG_STATE');
  });
});

describe('supervision', () => {
  it('an opinion is acknowledged once, by whom it concerns; a witness records facts', () => {
    const play = at(TV_E2E_01, 'locked');
    play.table.act('supervisor', 'lot.give-opinion', { text: '请核对开标时间', target: '招标代理' }, { assurance: 'session' });
    const { id = '' } = play.table.state.setup.opinions[0] ?? {};
    expect(play.table.refusal('agency', 'lot.acknowledge-opinion', { opinion: 'other', reply: '收到' })).toBe('NOT_FOUND');
    play.table.act('agency', 'lot.acknowledge-opinion', { opinion: id, reply: '收到' });
    expect(play.table.refusal('tenderer', 'lot.acknowledge-opinion', { opinion: id, reply: '收到' })).toBe('E_ALREADY_DONE');
    play.table.act('witness-main', 'lot.record-fact', { kind: 'ARRIVAL', about: 'agency' }, { secrets: { text: '代理机构到场' } });
    expect(play.table.refusal('witness-main', 'lot.record-fact', { kind: 'ARRIVAL', about: 'nobody' }, { secrets: { text: 'x' } })).toBe(
      'E_INPUT',
    );
    expect(play.table.state.setup.facts).toHaveLength(1);
  });
});

describe('the draw', () => {
  it('is seeded only when plan, pool and every nonce are fixed', () => {
    const play = at(TV_E2E_01, 'opened');
    const box = { manifest: {} };
    const sealed = { secrets: { ciphertext: 'AA' } };
    const open = (): string | null => play.table.refusal('node:main', 'draw.open-nonces', {}, { secrets: { masters: {} } });
    expect(play.table.refusal('agency', 'draw.contribute', box, sealed)).toBe('FORBIDDEN');
    requestDraw(play);
    expect(play.table.refusal('tenderer', 'draw.contribute', box, sealed)).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'draw.contribute', box, sealed)).toBe('E_NOT_ENCRYPTED');
    const mapping = { secrets: { mapping: 'A'.repeat(43) } };
    expect(play.table.refusal('node:main', 'draw.freeze-pool', {}, { facts: {}, ...mapping })).toBe('E_STEP_BARRIER');
    expect(open()).toBe('E_TOO_EARLY');
    seedDraw(play);
    expect(play.table.refusal('agency', 'draw.contribute', box, sealed)).toBe('E_ALREADY_LOCKED');
    expect(open()).toBe('E_ALREADY_DONE');
  });

  it('TV-REM-01 demands places spread as the preset says, and a contributor from outside owner and operator', () => {
    const play = seat({ ...TV_E2E_01, venuePreset: 'C' });
    createLot(play);
    publishKeys(play);
    publishLot(play);
    const ask = (slots: LotPlan['slots'], nonceParties = ['agency', 'supervisor']): string | null =>
      requestRefusal(play, slots, { nonceParties });
    expect(ask(TV_E2E_01.slots)).toBe('E_VENUE_NOT_APPROVED');
    const moved = TV_E2E_01.slots.map((slot) => (slot.venue === 'main' ? { ...slot, venue: 'sub-2' } : slot));
    expect(ask(moved)).toBeNull();
    expect(ask(moved, ['agency', 'node:main'])).toBe('E_INPUT');
    expect(ask(moved.slice(1))).toBe('E_COMMITTEE_SIZE');
  });

  it('B-021 goes on in the same order when a member must be replaced; the seed stays', () => {
    const play = evaluating();
    const { seed, filled } = play.table.state.draw;
    play.table.act('witness-main', 'committee.replace-member', { member: 'expert-2', cause: 'ILLNESS', reason: '突发疾病' });
    expect(openSlots(play.table.state).map(({ slot }) => filled[sealedName(play.table.state, slot) ?? '']?.party)).toEqual(['expert-2']);
    contactExperts(play, 0);
    expect(play.table.state.draw.seed).toBe(seed);
    expect(membersOf(play.table.state)).toEqual(['expert-1', 'expert-3', 'expert-4', 'expert-5', 'representative-1']);
    expect(play.table.refusal('expert-2', 'review.submit-sheet', { manifest: {} }, { step: 'review', secrets: { ciphertext: 'AA' } })).toBe(
      'FORBIDDEN',
    );
  });

  it('says which places the pool can not fill, and takes a new version of the plan with its reason', () => {
    const play = at(TV_E2E_01, 'opened');
    requestDraw(play);
    seedDraw(play);
    contactExperts(play, 37);
    expect(play.table.state.draw.exhausted.length).toBeGreaterThan(0);
    const { slots } = TV_E2E_01;
    const wider = slots.map((slot) => ({ ...slot, specialty: 'A', city: null }));
    expect(requestRefusal(play, wider)).toBe('E_REASON_REQUIRED');
    expect(requestRefusal(play, wider, { nonceParties: ['agency', 'supervisor'], reason: '扩大专业' })).toBe('E_ALREADY_LOCKED');
    askFor(play, wider, { reason: '专家不足，扩大专业与地域' });
    expect(play.table.state.draw.request?.version).toBe(2);
  });
});

describe('re-evaluation (A-198)', () => {
  it('by the same committee begins again and comes to the same numbers (条例 54)', () => {
    const play = upheld(at(TV_E2E_01, 'reported'));
    const before = totalsOf(play);
    play.table.act('supervisor', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: '异议成立' });
    expect(play.table.state.status).toBe('RE_EVALUATION');
    play.table.act('agency', 'committee.restart');
    expect(owedKeys(play.table.state, 'node:main')).toContain('review:2');
    publishKeys(play);
    reviewBids(play);
    scoreBids(play, 'technical');
    scoreBids(play, 'commercial');
    aggregate(play);
    signReport(play);
    publishCandidates(play);
    decideAward(play, 'B');
    finish(play);
    expect(totalsOf(play)).toEqual(before);
    expect(play.table.state.status).toBe('ARCHIVED');
  });

  it('by a new committee dismisses the old one and draws on (87号令 67)', () => {
    const play = at(TV_E2E_01, 'reported');
    play.table.act('supervisor', 'lot.re-evaluate', { ground: 'MEMBER_VIOLATION', reason: '违规' });
    play.table.act('agency', 'committee.restart');
    expect(membersOf(play.table.state)).toEqual([]);
    contactExperts(play, 0);
    admit(play, 'representative-2', 'tenderer-representative', 'main');
    const members = ['expert-5', 'expert-6', 'expert-7', 'expert-8', 'representative-2'];
    const again: Play = { ...play, plan: { ...play.plan, members } };
    publishKeys(again);
    for (const member of members) signInMember(again, member);
    again.table.act('agency', 'committee.form');
    electChair(again, 'expert-5');
    reviewBids(again);
    scoreBids(again, 'technical');
    scoreBids(again, 'commercial');
    aggregate(again);
    signReport(again);
    expect(totalsOf(again)['B']).toBe('92.87');
    expect(again.table.state.status).toBe('REPORT_REVIEW');
  });

  it('may be suspended, and goes on as the re-evaluation that it was', () => {
    const play = at(TV_E2E_01, 'reported');
    play.table.act('supervisor', 'lot.re-evaluate', { ground: 'MEMBER_VIOLATION', reason: '违规' });
    order(play, 'PAUSE');
    expect(play.table.state).toMatchObject({ status: 'SUSPENDED', previous: 'RE_EVALUATION' });
    expect(play.table.refusal('supervisor', 'lot.re-evaluate', { ground: 'MEMBER_VIOLATION', reason: '再次' })).toBe('WRONG_STATE');
    order(play, 'RESUME');
    expect(play.table.state.status).toBe('RE_EVALUATION');
    expect(play.table.refusal('agency', 'committee.restart')).toBeNull();
  });
});

describe('separation of evaluation and award (评定分离)', () => {
  it('TV-AW-02 publishes candidates unranked; the award committee votes in sealed ballots, with a run-off', () => {
    const play = at(SEPARATED, 'reported');
    voteOnAward(play);
    expect(play.table.state.award.publicity?.candidates.map(({ rank, total }) => [rank, total])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(letterOf(play, awardOf(play.table.state)?.winner ?? '')).toBe('E');
    finish(play);
    expect(play.table.state.status).toBe('ARCHIVED');
  });
});
