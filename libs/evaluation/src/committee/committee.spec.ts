import { describe, expect, it } from '@jest/globals';
import { memberSeats } from '../../test/evaluation-lot.js';
import {
  elect,
  handInReviews,
  newGovLot,
  newLot,
  once,
  playReview,
  playScores,
  qualification,
  reviewSheet,
  scoreSheet,
  seatCommittee,
  TENDER_SCORES,
} from '../../test/scripts.js';
import { isComplete, membersOf } from '../index.js';

const PLEDGE = { recusal: false, discipline: true };
const SEAT = { venue: 'sub-1', seat: 'pod-1' };

describe('signing in and pledging', () => {
  it('A-108 A-155 a member signs in at his own venue and seat, and nowhere else', () => {
    const lot = newLot();
    expect(lot.code('expert-1', 'committee.sign-in', { venue: 'sub-9', seat: 'pod-1' })).toBe('E_VENUE_NOT_APPROVED');
    expect(lot.code('expert-1', 'committee.sign-in', { venue: 'sub-2', seat: 'pod-1' })).toBe('E_SEAT_MISMATCH');
    expect(lot.code('expert-1', 'committee.sign-in', { venue: 'sub-1', seat: 'pod-3' })).toBe('E_SEAT_MISMATCH');
    expect(lot.code('expert-1', 'committee.sign-in', SEAT)).toBe('OK');
    expect(lot.code('expert-1', 'committee.sign-in', SEAT)).toBe('E_ALREADY_DONE');
  });
  it('a member without a bound seat takes a free one, not one that is taken', () => {
    const lot = newLot();
    lot.state = {
      ...lot.state,
      parties: { ...lot.state.parties, 'expert-3': { roles: ['expert'], admittedAs: ['expert'], venue: null, seat: null, seq: 0 } },
    };
    lot.do('expert-1', 'committee.sign-in', SEAT);
    expect(lot.code('expert-3', 'committee.sign-in', SEAT)).toBe('E_SEAT_MISMATCH');
    expect(lot.code('expert-3', 'committee.sign-in', { venue: 'sub-1', seat: 'pod-9' })).toBe('OK');
  });
  it('nobody but a member signs in, and nobody before the opening is over', () => {
    const lot = newLot();
    for (const party of ['agency', 'supervisor', 'bidder-1', 'node:main'])
      expect(lot.code(party, 'committee.sign-in', SEAT)).toBe('FORBIDDEN');
    lot.state = { ...lot.state, status: 'OPENING' };
    expect(lot.code('expert-1', 'committee.sign-in', SEAT)).toBe('WRONG_STATE');
  });
  it('A-133 a pledge needs the certificate and comes after the sign-in, once', () => {
    const lot = newLot();
    expect(lot.code('expert-1', 'committee.pledge', PLEDGE)).toBe('E_NOT_SIGNED_IN');
    lot.do('expert-1', 'committee.sign-in', SEAT);
    expect(lot.code('expert-1', 'committee.pledge', PLEDGE, { assurance: 'session' })).toBe('ASSURANCE');
    expect(lot.code('expert-1', 'committee.pledge', { recusal: false, discipline: false })).toBe('E_INPUT');
    expect(lot.code('expert-1', 'committee.pledge', PLEDGE)).toBe('OK');
    expect(lot.code('expert-1', 'committee.pledge', PLEDGE)).toBe('E_ALREADY_DONE');
  });
  it('A-133 a recusal ends the membership and leaves a place to be drawn again (条例 46, 48)', () => {
    const lot = newLot();
    lot.do('expert-1', 'committee.sign-in', SEAT).do('expert-1', 'committee.pledge', { recusal: true, cause: 'RELATIVE' });
    expect(membersOf(lot.state)).not.toContain('expert-1');
    expect(lot.state.committee.excused['expert-1']).toMatchObject({ cause: 'RELATIVE' });
    expect(lot.code('expert-1', 'committee.sign-in', SEAT)).toBe('FORBIDDEN');
    expect(lot.code('agency', 'committee.form')).toBe('E_COMMITTEE_SIZE');
  });
});

describe('forming the committee', () => {
  const signAll = (lot = newLot()) => {
    for (const { party, venue, seat } of memberSeats(lot.state.setup.rules!.committee.members))
      lot.do(party, 'committee.sign-in', { venue, seat });
    return lot;
  };
  it('A-130 B-020 is the owner’s or agency’s certified act, when everybody is at his seat', () => {
    const lot = newLot();
    expect(lot.code('expert-1', 'committee.form')).toBe('FORBIDDEN');
    expect(lot.code('agency', 'committee.form')).toBe('E_NOT_SIGNED_IN');
    signAll(lot);
    expect(lot.code('agency', 'committee.form', {}, { assurance: 'session' })).toBe('ASSURANCE');
    expect(lot.code('agency', 'committee.form')).toBe('OK');
    expect(lot.state.status).toBe('COMMITTEE_READY');
    expect(lot.code('agency', 'committee.form')).toBe('WRONG_STATE');
  });
  it('B-020 B-021 refuses even numbers, too few members and too many representatives', () => {
    const lot = signAll();
    const { 'expert-4': _, ...four } = lot.state.parties;
    const full = lot.state;
    lot.state = { ...full, parties: four };
    expect(lot.code('agency', 'committee.form')).toBe('E_COMMITTEE_SIZE');
    lot.state = {
      ...full,
      parties: { ...full.parties, 'expert-5': { roles: ['expert'], admittedAs: ['expert'], venue: null, seat: null, seq: 0 } },
    };
    expect(lot.code('agency', 'committee.form')).toBe('E_COMMITTEE_EVEN');
    lot.state = { ...full, parties: { ...full.parties, 'expert-4': { ...full.parties['expert-4']!, roles: ['tenderer-representative'] } } };
    expect(lot.code('agency', 'committee.form')).toBe('E_EXPERT_RATIO');
  });
  it('TV-REM-01 refuses a committee that is not spread over the venues as the lot asks', () => {
    const lot = signAll();
    lot.state = { ...lot.state, setup: { ...lot.state.setup, tendererCity: 'x', venuePreset: 'C' } };
    expect(lot.code('agency', 'committee.form')).toBe('E_VENUE_NOT_APPROVED');
  });
  it('87号令 44 gov: the purchaser’s qualification review comes first', () => {
    const lot = signAll(newGovLot());
    expect(lot.code('agency', 'committee.form')).toBe('WRONG_STATE');
    lot.do('agency', 'review.qualify', {}, { secrets: { qualification: qualification(lot) } });
    expect(lot.code('agency', 'committee.form')).toBe('OK');
  });
});

describe('electing the chair', () => {
  const ready = (lot = newLot()) => {
    const seats = memberSeats(lot.state.setup.rules!.committee.members);
    for (const { party, venue, seat } of seats) lot.do(party, 'committee.sign-in', { venue, seat });
    lot.do('agency', 'committee.form');
    for (const { party } of seats) lot.do(party, 'committee.pledge', PLEDGE);
    return lot;
  };
  const ballot = (candidate: string) => ({ secrets: { ballot: { candidate } } });
  it('A-132 opens the evaluation with the last vote, and not before', () => {
    const lot = ready();
    for (const voter of ['expert-1', 'expert-2', 'expert-3', 'expert-4']) elect(lot, voter, 'expert-2');
    expect(lot.state).toMatchObject({ status: 'COMMITTEE_READY', committee: { chair: null } });
    elect(lot, 'representative-1', 'expert-1');
    expect(lot.state).toMatchObject({ status: 'EVALUATING', committee: { chair: 'expert-2', step: 'review' } });
    expect(lot.code('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-1'))).toBe('E_ALREADY_DONE');
  });
  it('a tie goes to another round among the tied only', () => {
    const lot = ready();
    elect(lot, 'expert-1', 'expert-1');
    elect(lot, 'expert-2', 'expert-1');
    elect(lot, 'expert-3', 'expert-2');
    elect(lot, 'expert-4', 'expert-2');
    elect(lot, 'representative-1', 'expert-3');
    expect(lot.state.committee.election).toEqual({ round: 2, candidates: ['expert-1', 'expert-2'], ballots: {} });
    expect(lot.code('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-1'))).toBe('WRONG_STEP');
    expect(lot.code('expert-1', 'committee.elect-chair', { round: 2 }, ballot('expert-3'))).toBe('E_INPUT');
    for (const voter of membersOf(lot.state)) elect(lot, voter, 'expert-2');
    expect(lot.state.committee.chair).toBe('expert-2');
  });
  it('one vote a round; only for members; only by pledged members; the ballot is not missing', () => {
    const lot = ready();
    elect(lot, 'expert-1', 'expert-1');
    expect(lot.code('expert-1', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_ALREADY_DONE');
    expect(lot.code('expert-2', 'committee.elect-chair', { round: 1 }, ballot('agency'))).toBe('E_INPUT');
    expect(lot.code('expert-2', 'committee.elect-chair', { round: 1 })).toBe('E_INPUT');
    lot.state = {
      ...lot.state,
      committee: {
        ...lot.state.committee,
        present: { ...lot.state.committee.present, 'expert-3': { ...lot.state.committee.present['expert-3']!, pledgedAt: null } },
      },
    };
    expect(isComplete(lot.state)).toBe(false);
    expect(lot.code('expert-2', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_STEP_BARRIER');
    expect(lot.code('expert-3', 'committee.elect-chair', { round: 1 }, ballot('expert-2'))).toBe('E_NOT_SIGNED_IN');
  });
  it('87号令 45 gov: a representative of the purchaser can not be chair', () => {
    const lot = newGovLot();
    lot.do('agency', 'review.qualify', {}, { secrets: { qualification: qualification(lot) } });
    ready(lot);
    expect(lot.code('expert-1', 'committee.elect-chair', { round: 1 }, ballot('representative-1'))).toBe('E_REP_AS_CHAIR');
  });
});

describe('more time (条例 48)', () => {
  it('is owed when more than a third ask, and holds the step open until the agency grants it', () => {
    const lot = seatCommittee(newLot());
    handInReviews(lot, () => reviewSheet(lot));
    const reason = { reason: 'many pages' };
    lot.do('expert-1', 'committee.request-more-time', reason);
    expect(lot.state.committee.moreTime.due).toBe(false);
    expect(lot.code('expert-1', 'committee.request-more-time', reason)).toBe('E_ALREADY_DONE');
    expect(lot.code('agency', 'committee.request-more-time', reason)).toBe('FORBIDDEN');
    expect(lot.code('agency', 'committee.extend-time', { until: '2026-11-23T00:00:00.000Z' })).toBe('WRONG_STEP');
    lot.do('expert-2', 'committee.request-more-time', reason);
    expect(lot.state.committee.moreTime.due).toBe(true);
    expect(lot.code('node:main', 'review.open-sheets', {}, { secrets: { masters: {} } })).toBe('E_STEP_BARRIER');
    expect(lot.code('agency', 'committee.extend-time', { until: '2026-01-01T00:00:00.000Z' })).toBe('E_INPUT');
    lot.do('agency', 'committee.extend-time', { until: '2026-11-23T00:00:00.000Z' }).release('review');
    lot.do('node:main', 'review.open-sheets', {}, lot.openings(lot.state.review.sheets.boxes));
    expect(lot.state.committee.step).toBe('scores:technical');
  });
});

describe('replacing a member (条例 48, 87号令 49)', () => {
  const newcomer = (lot: ReturnType<typeof newLot>, name = 'expert-9') => {
    lot.state = {
      ...lot.state,
      parties: { ...lot.state.parties, [name]: { roles: ['expert'], admittedAs: ['expert'], venue: 'sub-1', seat: 'pod-9', seq: 0 } },
    };
    lot.do(name, 'committee.sign-in', { venue: 'sub-1', seat: 'pod-9' }).do(name, 'committee.pledge', PLEDGE);
  };
  it('voids what he concluded; the replacement starts over under new keys; the others’ sheets stand', () => {
    const lot = seatCommittee(newLot());
    playReview(lot, (member) => reviewSheet(lot, member === 'expert-2' ? ['bidder-4/qualified'] : []));
    playScores(lot, (member) => scoreSheet(lot, member, TENDER_SCORES));
    const reason = { member: 'expert-2', cause: 'ILLNESS', reason: 'hospital' };
    expect(lot.code('tenderer', 'committee.replace-member', reason)).toBe('FORBIDDEN');
    lot.do('agency', 'committee.replace-member', reason);
    expect(lot.code('agency', 'committee.replace-member', reason)).toBe('E_INPUT');
    expect(lot.state.committee.step).toBe('review');
    expect(lot.code('node:main', 'review.open-sheets', {}, { secrets: { masters: {} } })).toBe('E_STEP_BARRIER');
    newcomer(lot);
    expect(lot.state.review.sheets.attempt).toBe(2);
    playReview(lot, () => reviewSheet(lot, ['bidder-4/qualified']));
    expect(lot.state.committee.step).toBe('scores:technical');
    expect(Object.keys(lot.state.review.sheets.opened).sort()).toEqual(membersOf(lot.state));
    playScores(lot, () => scoreSheet(lot, 'expert-4', TENDER_SCORES));
    expect(lot.state.committee.step).toBe('scores:commercial');
    expect(Object.keys(lot.state.keepers.released).sort()).toEqual(['review', 'review:2', 'scores:technical', 'scores:technical.2']);
  });
  it('keeps the keys when nothing was opened yet, and elects another chair when the chair leaves', () => {
    const lot = seatCommittee(newLot());
    lot.publishKeys('review').submit('expert-1', 'review.submit-sheet', 'review', reviewSheet(lot));
    lot.do('supervisor', 'committee.replace-member', { member: 'expert-1', cause: 'VIOLATION', reason: 'phone' });
    expect(lot.state).toMatchObject({ status: 'EVALUATING', committee: { chair: null }, review: { sheets: { attempt: 1, boxes: {} } } });
    newcomer(lot);
    for (const voter of membersOf(lot.state)) elect(lot, voter, 'expert-3');
    expect(lot.state.committee).toMatchObject({ chair: 'expert-3', step: 'review' });
  });
});

describe('re-evaluation (87号令 64, 67)', () => {
  const evaluated = once(() => {
    const lot = seatCommittee(newLot());
    return playReview(lot, () => reviewSheet(lot));
  });
  it('A-199 the same committee begins again with new keys, once per order', () => {
    const lot = evaluated();
    expect(lot.code('agency', 'committee.restart')).toBe('WRONG_STATE');
    lot.do('supervisor', 'lot.re-evaluate', { ground: 'SUM_ERROR', reason: 'wrong sum' });
    lot.do('agency', 'committee.restart');
    expect(lot.state).toMatchObject({
      status: 'EVALUATING',
      committee: { step: 'review', cycle: 2 },
      review: { concluded: null, sheets: { attempt: 2, opened: {} } },
    });
    expect(lot.code('agency', 'committee.restart')).toBe('WRONG_STATE');
    playReview(lot, () => reviewSheet(lot));
    expect(lot.state.committee.step).toBe('scores:technical');
  });
  it('A-199 a new committee replaces everybody', () => {
    const lot = evaluated();
    lot.do('supervisor', 'lot.re-evaluate', { ground: 'MEMBER_VIOLATION', reason: 'private contact' });
    lot.do('agency', 'committee.restart');
    expect(membersOf(lot.state)).toEqual([]);
    expect(lot.code('agency', 'committee.restart')).toBe('E_ALREADY_DONE');
    const party = (roles: 'expert' | 'tenderer-representative', venue: string, seat: string) => ({
      roles: [roles],
      admittedAs: [roles],
      venue,
      seat,
      seq: 0,
    });
    const fresh = {
      'representative-2': party('tenderer-representative', 'main', 'pod-1'),
      ...Object.fromEntries([5, 6, 7, 8].map((n) => [`expert-${n}`, party('expert', `sub-${(n % 2) + 1}`, `pod-${n}`)])),
    };
    lot.state = { ...lot.state, parties: { ...lot.state.parties, ...fresh } };
    for (const [name, { venue, seat }] of Object.entries(fresh))
      lot.do(name, 'committee.sign-in', { venue, seat }).do(name, 'committee.pledge', PLEDGE);
    lot.do('agency', 'committee.form');
    for (const name of Object.keys(fresh)) elect(lot, name, 'expert-5');
    expect(lot.state).toMatchObject({ status: 'EVALUATING', committee: { chair: 'expert-5', step: 'review' } });
    expect(lot.code('expert-1', 'committee.request-more-time', { reason: 'x' })).toBe('FORBIDDEN');
  });
});
