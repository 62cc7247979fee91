import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  admit,
  at,
  contactExperts,
  drawExperts,
  elect,
  openingSecrets,
  type Play,
  pledge,
  publishKeys,
  qualify,
  releaseKeys,
  reviewBids,
  reviewSheet,
  scoreBids,
  scoreSheet,
  seatOf,
  signIn,
  signInMember,
  startOpening,
  submitBox,
  submitReviews,
  upheld,
} from '@app/testing/play';
import { isComplete, membersOf, owed, placeOf } from '../index.js';

const PLEDGE = { recusal: false, discipline: true };
const RECUSAL = { recusal: true, cause: 'RELATIVE' };
const NO_MASTERS = { secrets: { masters: {} } };
const drawn = (): Play => at(TV_E2E_01, 'drawn');
const evaluating = (): Play => at(TV_E2E_01, 'evaluating');
const ballot = (candidate: string) => ({ secrets: { ballot: { candidate } } });

describe('signing in and pledging', () => {
  it('A-108 A-155 a member signs in at his own venue and seat, and nowhere else', () => {
    const play = drawn();
    const { table } = play;
    const { venue, seat } = seatOf(play, 'expert-1');
    const other = venue === 'sub-1' ? 'sub-2' : 'sub-1';
    expect(table.answer('expert-1', 'committee.sign-in', { venue: 'sub-9', seat })).toBe('E_VENUE_NOT_APPROVED');
    expect(table.answer('expert-1', 'committee.sign-in', { venue: other, seat })).toBe('E_SEAT_MISMATCH');
    expect(table.answer('expert-1', 'committee.sign-in', { venue, seat: 'pod-3' })).toBe('E_SEAT_MISMATCH');
    expect(table.answer('expert-1', 'committee.sign-in', { venue, seat })).toBe('OK');
    expect(table.answer('expert-1', 'committee.sign-in', { venue, seat })).toBe('E_ALREADY_DONE');
  });
  it('a member without a bound seat takes a free one, not one that is taken', () => {
    const play = drawn();
    const neighbour = membersOf(play.table.state).find((member) => placeOf(play.table.state, member).venue === 'main') ?? '';
    signIn(play, neighbour);
    expect(play.table.state.parties['representative-1']).toMatchObject({ venue: 'main', seat: null });
    expect(play.table.answer('representative-1', 'committee.sign-in', seatOf(play, neighbour))).toBe('E_SEAT_MISMATCH');
    expect(play.table.answer('representative-1', 'committee.sign-in', { venue: 'main', seat: 'pod-9' })).toBe('OK');
  });
  it('nobody but a member signs in, and nobody before the opening is over', () => {
    const seat = { venue: 'main', seat: 'pod-9' };
    for (const party of ['agency', 'supervisor', 'bidder-1', 'node:main'])
      expect(drawn().table.answer(party, 'committee.sign-in', seat)).toBe('FORBIDDEN');
    const early = at(TV_E2E_01, 'locked');
    startOpening(early);
    expect(early.table.state.status).toBe('OPENING');
    expect(early.table.answer('representative-1', 'committee.sign-in', seat)).toBe('WRONG_STATE');
  });
  it('A-133 a pledge needs the certificate and comes after the sign-in, once', () => {
    const play = drawn();
    const { table } = play;
    expect(table.answer('expert-1', 'committee.bind-key')).toBe('E_NOT_SIGNED_IN');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE)).toBe('E_KEY_NOT_BOUND');
    signIn(play, 'expert-1');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE, { assurance: 'session' })).toBe('ASSURANCE');
    expect(table.answer('expert-1', 'committee.pledge', { recusal: false, discipline: false })).toBe('E_INPUT');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE)).toBe('OK');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE)).toBe('E_ALREADY_DONE');
  });
  it('A-133 a recusal ends the membership and leaves a place to be drawn again (条例 46, 48)', () => {
    const play = drawn();
    const { table } = play;
    signIn(play, 'expert-1');
    table.act('expert-1', 'committee.pledge', RECUSAL);
    expect(membersOf(table.state)).not.toContain('expert-1');
    expect(table.state.committee.excused['expert-1']).toMatchObject({ cause: 'RELATIVE' });
    expect(table.answer('expert-1', 'committee.sign-in', seatOf(play, 'expert-1'))).toBe('FORBIDDEN');
    expect(table.answer('agency', 'committee.form')).toBe('E_COMMITTEE_SIZE');
  });
});

describe('forming the committee', () => {
  const signAll = (play: Play): Play => {
    for (const member of membersOf(play.table.state)) signIn(play, member);
    return play;
  };
  it('A-130 B-020 is the owner’s or agency’s certified act, when everybody is at his seat', () => {
    const play = drawn();
    const { table } = play;
    expect(table.answer('expert-1', 'committee.form')).toBe('FORBIDDEN');
    expect(table.answer('agency', 'committee.form')).toBe('E_NOT_SIGNED_IN');
    signAll(play);
    expect(table.answer('agency', 'committee.form', {}, { assurance: 'session' })).toBe('ASSURANCE');
    expect(table.answer('agency', 'committee.form')).toBe('OK');
    expect(table.state.status).toBe('COMMITTEE_READY');
    expect(table.answer('agency', 'committee.form')).toBe('WRONG_STATE');
  });
  it('B-020 B-021 refuses too few members, too many representatives and even numbers', () => {
    const play = signAll(drawn());
    const { table } = play;
    table.act('expert-4', 'committee.pledge', RECUSAL);
    expect(membersOf(table.state)).toHaveLength(4);
    expect(table.answer('agency', 'committee.form')).toBe('E_COMMITTEE_SIZE');
    admit(play, 'representative-2', 'tenderer-representative', 'main');
    expect(table.answer('agency', 'committee.form')).toBe('E_EXPERT_RATIO');
    contactExperts(play, 0);
    expect(membersOf(table.state)).toHaveLength(6);
    expect(table.answer('agency', 'committee.form')).toBe('E_COMMITTEE_EVEN');
  });
  it('TV-REM-01 refuses a committee that is not spread over the venues as the lot asks', () => {
    // Without an expert at the main venue, preset A counts on the representative; the draw takes it that he will sit there.
    const slots = TV_E2E_01.slots.map((slot) => (slot.venue === 'main' ? { ...slot, venue: 'sub-2', city: '温州' } : slot));
    const experts = TV_E2E_01.members.filter((member) => member.startsWith('expert'));
    const play = at({ ...TV_E2E_01, slots, members: experts }, 'drawn');
    admit(play, 'representative-1', 'tenderer-representative', 'sub-1');
    signAll(play);
    expect(play.table.answer('agency', 'committee.form')).toBe('E_VENUE_NOT_APPROVED');
  });
  it('87号令 44 gov: the purchaser’s qualification review comes first', () => {
    const play = at(TV_E2E_02, 'opened');
    drawExperts(play);
    signAll(play);
    expect(play.table.answer('agency', 'committee.form')).toBe('WRONG_STATE');
    qualify(play);
    expect(play.table.answer('agency', 'committee.form')).toBe('OK');
  });
});

describe('electing the chair', () => {
  const ready = (play = drawn(), unpledged: string | null = null): Play => {
    const members = membersOf(play.table.state);
    for (const member of members) signIn(play, member);
    play.table.act('agency', 'committee.form');
    for (const member of members) if (member !== unpledged) pledge(play, member);
    return play;
  };
  it('A-132 opens the evaluation with the last vote, and not before', () => {
    const play = ready();
    const { table } = play;
    for (const voter of ['expert-1', 'expert-2', 'expert-3', 'expert-4']) elect(play, voter, 'expert-2');
    expect(table.state).toMatchObject({ status: 'COMMITTEE_READY', committee: { chair: null } });
    elect(play, 'representative-1', 'expert-1');
    expect(table.state).toMatchObject({ status: 'EVALUATING', committee: { chair: 'expert-2', step: 'review' } });
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-1'))).toBe('E_ALREADY_DONE');
  });
  it('C14 12号令 9 is not for the members where the document lets the tenderer designate one of them, and only there', () => {
    const plan = { ...TV_E2E_01, id: 'designated', rules: { ...TV_E2E_01.rules, chair: 'designated' as const } };
    const play = ready(at(plan, 'drawn'), 'expert-4');
    const { table } = play;
    const designate = (member: string, party = 'tenderer', assurance: 'certificate' | 'session' = 'certificate') =>
      table.answer(party, 'committee.designate-chair', { member }, { assurance });
    const owes = (party: string) => owed(table.state, party).map(({ command }) => command);
    expect([designate('expert-2'), owes('tenderer')]).toEqual(['E_STEP_BARRIER', []]);
    pledge(play, 'expert-4');
    expect([owes('tenderer'), owes('expert-1').filter((command) => command.includes('chair'))]).toEqual([
      ['committee.designate-chair'],
      [],
    ]);
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-1'))).toBe('FORBIDDEN');
    expect([designate('expert-2', 'agency'), designate('expert-2', 'tenderer', 'session')]).toEqual(['FORBIDDEN', 'ASSURANCE']);
    expect(designate('witness-main')).toBe('E_INPUT');
    expect(designate('expert-2')).toBe('OK');
    expect(table.state).toMatchObject({ status: 'EVALUATING', committee: { chair: 'expert-2', step: 'review' } });
    expect(designate('expert-3')).toBe('E_ALREADY_DONE');
    expect(ready().table.answer('tenderer', 'committee.designate-chair', { member: 'expert-2' })).toBe('FORBIDDEN');
  });
  it('a tie goes to another round among the tied only', () => {
    const play = ready();
    const { table } = play;
    elect(play, 'expert-1', 'expert-1');
    elect(play, 'expert-2', 'expert-1');
    elect(play, 'expert-3', 'expert-2');
    elect(play, 'expert-4', 'expert-2');
    elect(play, 'representative-1', 'expert-3');
    expect(table.state.committee.election).toEqual({ round: 2, candidates: ['expert-1', 'expert-2'], ballots: {} });
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-1'))).toBe('WRONG_STEP');
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 2 }, ballot('expert-3'))).toBe('E_INPUT');
    for (const voter of membersOf(table.state)) elect(play, voter, 'expert-2');
    expect(table.state.committee.chair).toBe('expert-2');
  });
  it('one vote a round; only for members; the ballot is not missing', () => {
    const play = ready();
    const { table } = play;
    elect(play, 'expert-1', 'expert-1');
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_ALREADY_DONE');
    expect(table.answer('expert-2', 'committee.elect-chair', { round: 1 }, ballot('agency'))).toBe('E_INPUT');
    expect(table.answer('expert-2', 'committee.elect-chair', { round: 1 })).toBe('E_INPUT');
  });
  it('nobody votes before he has pledged, and none of the others while he has not', () => {
    const { table } = ready(drawn(), 'expert-3');
    expect(isComplete(table.state)).toBe(false);
    expect(table.answer('expert-2', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_STEP_BARRIER');
    expect(table.answer('expert-3', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_NOT_SIGNED_IN');
  });
  it('87号令 45 gov: a representative of the purchaser can not be chair', () => {
    const { table } = ready(at(TV_E2E_02, 'drawn'));
    expect(table.answer('expert-1', 'committee.elect-chair', { round: 1 }, ballot('representative-1'))).toBe('E_REP_AS_CHAIR');
  });
});

describe('more time (条例 48)', () => {
  it('is owed when more than a third ask, and holds the step open until the agency grants it', () => {
    const play = evaluating();
    const { table } = play;
    submitReviews(play);
    const reason = { reason: 'many pages' };
    table.act('expert-1', 'committee.request-more-time', reason);
    expect(table.state.committee.moreTime.due).toBe(false);
    expect(table.answer('expert-1', 'committee.request-more-time', reason)).toBe('E_ALREADY_DONE');
    expect(table.answer('agency', 'committee.request-more-time', reason)).toBe('FORBIDDEN');
    expect(table.answer('agency', 'committee.extend-time', { until: '2026-03-30T00:00:00.000Z' })).toBe('WRONG_STEP');
    table.act('expert-2', 'committee.request-more-time', reason);
    expect(table.state.committee.moreTime.due).toBe(true);
    expect(table.answer('node:main', 'review.open-sheets', {}, NO_MASTERS)).toBe('E_STEP_BARRIER');
    expect(table.answer('agency', 'committee.extend-time', { until: '2026-01-01T00:00:00.000Z' })).toBe('E_INPUT');
    table.act('agency', 'committee.extend-time', { until: '2026-03-30T00:00:00.000Z' });
    releaseKeys(play);
    table.act('node:main', 'review.open-sheets', {}, { secrets: openingSecrets(play, table.state.review.sheets.boxes) });
    expect(table.state.committee.step).toBe('scores:technical');
  });
});

describe('replacing a member (条例 48, 87号令 49)', () => {
  it('voids what he concluded; the replacement starts over under new keys; the others’ sheets stand', () => {
    const play = evaluating();
    const { table } = play;
    reviewBids(play, (member) => reviewSheet(play, member, member === 'expert-2' ? ['D/qualification-1'] : []));
    scoreBids(play, 'technical', (member) => withD(play, member));
    const reason = { member: 'expert-2', cause: 'ILLNESS', reason: 'hospital' };
    expect(table.answer('tenderer', 'committee.replace-member', reason)).toBe('FORBIDDEN');
    table.act('witness-main', 'committee.replace-member', reason);
    expect(table.answer('witness-main', 'committee.replace-member', reason)).toBe('E_INPUT');
    expect(table.state.committee.step).toBe('review');
    expect(table.answer('node:main', 'review.open-sheets', {}, NO_MASTERS)).toBe('E_STEP_BARRIER');
    contactExperts(play, 0);
    signInMember(play, 'expert-5');
    expect(table.state.review.sheets.attempt).toBe(2);
    publishKeys(play);
    reviewBids(play, (member) => reviewSheet(play, member, ['D/qualification-1']));
    expect(table.state.committee.step).toBe('scores:technical');
    expect(Object.keys(table.state.review.sheets.opened).sort()).toEqual(membersOf(table.state));
    scoreBids(play, 'technical', () => withD(play, 'expert-4'));
    expect(table.state.committee.step).toBe('scores:commercial');
    const purposes = ['bids', 'draw', 'review', 'review:2', 'scores:technical', 'scores:technical.2'];
    expect(Object.keys(table.state.keepers.released).sort()).toEqual(purposes);
  });
  it('keeps the keys when nothing was opened yet, and elects another chair when the chair leaves', () => {
    const play = evaluating();
    const { table } = play;
    submitBox(play, 'expert-1', 'review.submit-sheet', 'review', reviewSheet(play, 'expert-1'));
    table.act('supervisor', 'committee.replace-member', { member: 'expert-1', cause: 'VIOLATION', reason: 'phone' });
    expect(table.state).toMatchObject({ status: 'EVALUATING', committee: { chair: null }, review: { sheets: { attempt: 1, boxes: {} } } });
    contactExperts(play, 0);
    signInMember(play, 'expert-5');
    for (const voter of membersOf(table.state)) elect(play, voter, 'expert-3');
    expect(table.state.committee).toMatchObject({ chair: 'expert-3', step: 'review' });
  });
  /** A score sheet where D, which most members pass here, has points too. */
  function withD(play: Play, member: string) {
    const { bids, ...rest } = scoreSheet(play, member, 'technical');
    return { ...rest, bids: { ...(bids as object), 'bidder-4': { 'technical-1': '20' } } };
  }
});

describe('re-evaluation (87号令 64, 67)', () => {
  const evaluated = (): Play => at(TV_E2E_01, 'reviewed');
  it('A-199 the same committee begins again with new keys, once per order', () => {
    const play = upheld(at(TV_E2E_01, 'reported'));
    const { table } = play;
    expect(table.answer('agency', 'committee.restart')).toBe('WRONG_STATE');
    table.act('supervisor', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: '异议成立' });
    table.act('agency', 'committee.restart');
    expect(table.state).toMatchObject({
      status: 'EVALUATING',
      committee: { step: 'review', cycle: 2 },
      review: { concluded: null, sheets: { attempt: 2, opened: {} } },
    });
    expect(table.answer('agency', 'committee.restart')).toBe('WRONG_STATE');
    publishKeys(play);
    reviewBids(play);
    expect(table.state.committee.step).toBe('scores:technical');
  });
  it('A-199 a new committee replaces everybody', () => {
    const play = evaluated();
    const { table } = play;
    table.act('supervisor', 'lot.re-evaluate', { ground: 'MEMBER_VIOLATION', reason: 'private contact' });
    table.act('agency', 'committee.restart');
    expect(membersOf(table.state)).toEqual([]);
    expect(table.answer('agency', 'committee.restart')).toBe('E_ALREADY_DONE');
    contactExperts(play, 0);
    admit(play, 'representative-2', 'tenderer-representative', 'main');
    for (const member of membersOf(table.state)) signInMember(play, member);
    table.act('agency', 'committee.form');
    for (const member of membersOf(table.state)) elect(play, member, 'expert-5');
    expect(table.state).toMatchObject({ status: 'EVALUATING', committee: { chair: 'expert-5', step: 'review' } });
    expect(table.answer('expert-1', 'committee.request-more-time', { reason: 'x' })).toBe('FORBIDDEN');
  });
});
