import { type JsonObject, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  FAIL,
  handInReviews,
  newGovLot,
  newLot,
  once,
  PASS,
  playReview,
  qualification,
  rejectD,
  reviewSheet,
  seatCommittee,
} from '../../test/scripts.js';
import { membersOf, reviewedBidders, reviewResult, validBidders } from '../index.js';

const seated = once(() => seatCommittee(newLot()));

describe('handing in review sheets', () => {
  it('A-138 takes the first sealed sheet of each member, and only for the open step', () => {
    const lot = seated().publishKeys('review');
    const { manifest, ciphertext } = lot.seal('expert-1', 'review', reviewSheet(lot));
    const secrets = { ciphertext };
    expect(lot.code('expert-1', 'review.submit-sheet', { manifest }, { secrets, step: 'scores:technical' })).toBe('WRONG_STEP');
    expect(lot.code('agency', 'review.submit-sheet', { manifest }, { secrets })).toBe('FORBIDDEN');
    expect(lot.code('expert-1', 'review.submit-sheet', { manifest })).toBe('E_INPUT');
    expect(lot.code('expert-1', 'review.submit-sheet', { manifest }, { secrets, assurance: 'session' })).toBe('OK');
    expect(lot.code('expert-1', 'review.submit-sheet', { manifest }, { secrets })).toBe('E_ALREADY_DONE');
  });
  it('A-96 refuses a box for another purpose, of another member, with another ciphertext, or before keepers have keys', () => {
    const lot = seated();
    const early = { manifest: {}, ciphertext: 'AA' };
    expect(lot.code('expert-1', 'review.submit-sheet', { manifest: early.manifest }, { secrets: { ciphertext: 'AA' } })).toBe(
      'E_NOT_ENCRYPTED',
    );
    lot.publishKeys('review').publishKeys('scores:technical');
    const code = (box: ReturnType<typeof lot.seal>, ciphertext = box.ciphertext) =>
      lot.code('expert-1', 'review.submit-sheet', { manifest: box.manifest }, { secrets: { ciphertext } });
    const box = lot.seal('expert-1', 'review', reviewSheet(lot));
    expect(code(lot.seal('expert-1', 'scores:technical', reviewSheet(lot)))).toBe('E_BOX_INVALID');
    expect(code(lot.seal('expert-2', 'review', reviewSheet(lot)))).toBe('E_BOX_INVALID');
    expect(code(box, lot.seal('expert-1', 'review', {}).ciphertext)).toBe('E_BOX_INVALID');
    expect(code(box, 'A')).toBe('E_INPUT');
    expect(code(box)).toBe('OK');
    const keyless = seated();
    expect(keyless.code('expert-1', 'review.submit-sheet', { manifest: box.manifest }, { secrets: { ciphertext: box.ciphertext } })).toBe(
      'E_KEY_MISSING',
    );
  });
});

describe('opening review sheets', () => {
  it('A-138 waits for everybody, then for the keepers, and only the node opens', () => {
    const lot = seated().publishKeys('review');
    const masters = { secrets: { masters: {} } };
    expect(lot.code('node:main', 'review.open-sheets', {}, masters)).toBe('E_STEP_BARRIER');
    lot.submit('expert-1', 'review.submit-sheet', 'review', reviewSheet(lot));
    expect(lot.code('node:main', 'review.open-sheets', {}, masters)).toBe('E_STEP_BARRIER');
    for (const member of membersOf(lot.state).slice(1)) lot.submit(member, 'review.submit-sheet', 'review', reviewSheet(lot));
    lot.release('review', 1);
    expect(lot.code('node:main', 'review.open-sheets', {}, masters)).toBe('E_STEP_BARRIER');
    expect(() => lot.openings(lot.state.review.sheets.boxes)).toThrow('released');
    expect(lot.code('expert-1', 'review.open-sheets', {}, masters)).toBe('FORBIDDEN');
  });
  it('A-138 takes nothing from the node but what the released keys give', () => {
    const lot = handInReviews(seated(), () => reviewSheet(seated())).release('review');
    const { secrets, openings } = lot.openings(lot.state.review.sheets.boxes);
    const masters = secrets['masters'] as Record<string, string>;
    const open = (change: Parameters<typeof lot.code>[3]) =>
      lot.code('node:main', 'review.open-sheets', {}, { secrets: { masters }, openings, ...change });
    expect(open({ secrets: { masters: { ...masters, 'expert-1': masters['expert-2']! } } })).toBe('E_INPUT');
    const { 'sheet:expert-1': one, ...others } = openings;
    expect(open({ openings: others })).toBe('OPENING_MISMATCH');
    expect(open({ openings: { ...others, 'sheet:expert-1': openings['sheet:expert-2']! } })).toBe('OPENING_MISMATCH');
    expect(open({ openings: { ...openings, 'sheet:agency': one! } })).toBe('E_INPUT');
    expect(open({})).toBe('OK');
    expect(open({ step: 'review' })).toBe('WRONG_STEP');
  });
  it('TV-VOTE-01 A-139 rejects by majority with the legal ground, keeps what a minority failed, and records the dissent', () => {
    const lot = seated();
    playReview(lot, (member) =>
      reviewSheet(lot, [...(member === 'expert-1' ? [] : ['bidder-4/qualified']), ...(member < 'expert-3' ? ['bidder-1/seal'] : [])]),
    );
    const result = reviewResult(lot.state)!;
    expect(result.rejected).toMatchObject([
      { bidder: 'bidder-4', grounds: ['UNQUALIFIED'], items: [{ item: 'qualified', fails: 4, members: 5 }] },
    ]);
    expect(result.dissent.map(({ bidder, member }) => [bidder, member])).toEqual([
      ['bidder-1', 'expert-1'],
      ['bidder-1', 'expert-2'],
    ]);
    expect(validBidders(lot.state)).toEqual(['bidder-1', 'bidder-2', 'bidder-3', 'bidder-5', 'bidder-6', 'bidder-7']);
    expect(lot.state.committee.step).toBe('scores:technical');
  });
});

describe('a price above the ceiling', () => {
  it('A-148 E_PRICE_ABOVE_CEILING is rejected by the rule, though every member passes it (条例 51)', () => {
    const lot = seated();
    const { rules } = lot.state.setup;
    lot.state = { ...lot.state, setup: { ...lot.state.setup, rules: rules === null ? null : { ...rules, ceiling: '9880000' } } };
    playReview(lot, () => reviewSheet(lot));
    expect(validBidders(lot.state)).toContain('bidder-6');
    const tight = seated();
    tight.state = { ...tight.state, setup: { ...tight.state.setup, rules: rules === null ? null : { ...rules, ceiling: '9879999.99' } } };
    playReview(tight, () => reviewSheet(tight));
    expect(reviewResult(tight.state)?.rejected).toMatchObject([{ bidder: 'bidder-6', grounds: ['BELOW_COST_OR_ABOVE_CEILING'] }]);
  });
});

describe('invalid sheets are corrected openly, and nothing else is', () => {
  const correction = (bids: JsonObject, reason = 'corrected') =>
    [{ ground: 'INVALID_ITEM', reason }, { secrets: { correction: { v: 1, bids } } }] as const;
  it('A-138 an item without ground or reason is given again by its member; the others’ sheets stand', () => {
    const lot = seated();
    const bad = reviewSheet(lot);
    const bids = bad['bids'] as Record<string, JsonObject>;
    const content = { v: 1, bids: { ...bids, 'bidder-4': { seal: PASS, qualified: { pass: false, ground: 'UGLY', reason: 'x' } } } };
    playReview(lot, (member) => (member === 'expert-2' ? content : rejectD(lot)(member)));
    expect(lot.state.review).toMatchObject({ concluded: null, sheets: { owed: ['expert-2'] } });
    expect(lot.code('expert-1', 'review.correct-sheet', ...correction({ 'bidder-4': { qualified: PASS } }))).toBe('E_ALREADY_LOCKED');
    expect(lot.code('expert-2', 'review.correct-sheet', ...correction({ 'bidder-4': { seal: PASS, qualified: PASS } }))).toBe('E_INPUT');
    expect(lot.code('expert-2', 'review.correct-sheet', ...correction({ 'bidder-4': { qualified: { ...FAIL, reason: '' } } }))).toBe(
      'E_REASON_REQUIRED',
    );
    expect(lot.code('expert-2', 'review.correct-sheet', ...correction({ 'bidder-4': { qualified: FAIL } }))).toBe('OK');
    expect(reviewResult(lot.state)?.rejected.map(({ bidder }) => bidder)).toEqual(['bidder-4']);
  });
  it.each([
    ['bytes that are no JSON', utf8('{'), 'INVALID_SHEET'],
    ['JSON that is no sheet', { v: 2 }, 'INVALID_SHEET'],
  ])('a box that holds %s is %3$s: its member gives the whole sheet openly', (_, content, verdict) => {
    const lot = seated();
    playReview(lot, (member) => (member === 'expert-3' ? content : reviewSheet(lot)));
    expect(lot.state.review.sheets.opened['expert-3']?.verdict).toBe(verdict);
    expect(lot.state.review.sheets.owed).toEqual(['expert-3']);
    lot.do('expert-3', 'review.correct-sheet', { ground: 'INVALID_BOX', reason: 'broken' }, { secrets: { correction: reviewSheet(lot) } });
    expect(validBidders(lot.state)).toHaveLength(7);
  });
});

describe('fewer than three bids after the review', () => {
  const failing = (count: number) =>
    ['bidder-1', 'bidder-2', 'bidder-3', 'bidder-4', 'bidder-5', 'bidder-6', 'bidder-7'].slice(0, count).map((bidder) => `${bidder}/seal`);
  const few = once(() => {
    const lot = seated();
    return playReview(lot, () => reviewSheet(lot, failing(5)));
  });
  const vote = (competitive: boolean) => ({ secrets: { vote: { competitive, reason: 'because' } } });
  it('12号令 27 tender law: the committee’s majority goes on, with reasons on the record', () => {
    const lot = few();
    expect(lot.state.committee.step).toBe('few-bids');
    expect(lot.code('expert-1', 'review.vote-competition', {})).toBe('E_INPUT');
    expect(lot.code('agency', 'review.vote-competition', {}, vote(true))).toBe('FORBIDDEN');
    membersOf(lot.state).forEach((member, index) => lot.do(member, 'review.vote-competition', {}, vote(index > 1)));
    expect(lot.state).toMatchObject({ review: { fewBids: { outcome: 'CONTINUE' } }, committee: { step: 'scores:technical' } });
  });
  it('B-033 12号令 27 tender law: the majority may reject all, and the lot fails', () => {
    const lot = few();
    lot.do('expert-1', 'review.vote-competition', {}, vote(false));
    expect(lot.code('expert-1', 'review.vote-competition', {}, vote(true))).toBe('E_ALREADY_DONE');
    for (const member of membersOf(lot.state).slice(1)) lot.do(member, 'review.vote-competition', {}, vote(member === 'expert-2'));
    expect(lot.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_RESPONSIVE' } } });
  });
  it('every bid rejected ends the lot (招标投标法 42)', () => {
    const lot = seated();
    playReview(lot, () => reviewSheet(lot, failing(7)));
    expect(lot.state.setup.failure?.reason).toBe('ALL_REJECTED');
  });
  it('B-024 gov: fewer than three conforming bids end the procurement', () => {
    const lot = newGovLot();
    lot.do('agency', 'review.qualify', {}, { secrets: { qualification: qualification(lot) } });
    seatCommittee(lot);
    playReview(lot, () => ({
      v: 1,
      bids: { ...(reviewSheet(lot)['bids'] as JsonObject), 'bidder-1': { seal: { pass: false, ground: 'UNSIGNED', reason: 'no seal' } } },
    }));
    expect(lot.state.setup.failure?.reason).toBe('LT3_RESPONSIVE');
  });
});

describe('gov: the purchaser reviews qualification (87号令 44)', () => {
  it('is not for tender law, not for strangers, and names every opened bid with lawful grounds', () => {
    expect(newLot().code('agency', 'review.qualify', {}, { secrets: { qualification: { v: 1, bids: {} } } })).toBe('FORBIDDEN');
    const lot = newGovLot();
    const given = qualification(lot);
    const ask = (bids: JsonObject, party = 'tenderer') =>
      lot.code(party, 'review.qualify', {}, { secrets: { qualification: { v: 1, bids } } });
    const whole = given['bids'] as JsonObject;
    expect(ask(whole, 'expert-1')).toBe('FORBIDDEN');
    expect(ask({})).toBe('E_INPUT');
    expect(ask({ ...whole, 'bidder-1': { pass: false, ground: 'ALTERNATIVE_BIDS_OR_PRICES', reason: 'two' } })).toBe('E_REASON_REQUIRED');
    expect(ask(whole)).toBe('OK');
    expect(ask(whole)).toBe('WRONG_STATE');
    expect(reviewedBidders(lot.state)).toEqual(['bidder-1', 'bidder-2', 'bidder-3']);
  });
  it('B-024 fewer than three qualified suppliers are not evaluated', () => {
    const lot = newGovLot();
    lot.do('agency', 'review.qualify', {}, { secrets: { qualification: qualification(lot, ['bidder-2']) } });
    expect(lot.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_QUALIFIED' } } });
  });
});

describe('clarifications (条例 52)', () => {
  const question = { secrets: { question: { text: 'which figure holds?' } } };
  const answer = { secrets: { answer: { text: 'the words' } } };
  const at = (lot: ReturnType<typeof seated>, seconds: number) => new Date(lot.now + seconds * 1000).toISOString();
  it('A-143 the chair asks, the bidder answers in time and once; the sheets wait for him', () => {
    const lot = seated();
    const ask = (party: string, bidder: string, dueAt: string) =>
      lot.code(party, 'review.ask-clarification', { clarification: 'q1', bidder, dueAt }, question);
    expect(ask('expert-2', 'bidder-1', at(lot, 60))).toBe('FORBIDDEN');
    expect(ask('expert-1', 'bidder-99', at(lot, 60))).toBe('E_INPUT');
    expect(ask('expert-1', 'bidder-1', at(lot, -60))).toBe('E_INPUT');
    expect(ask('expert-1', 'bidder-1', at(lot, 60))).toBe('OK');
    expect(ask('expert-1', 'bidder-1', at(lot, 60))).toBe('E_ALREADY_DONE');
    handInReviews(lot, () => reviewSheet(lot)).release('review');
    const opening = lot.openings(lot.state.review.sheets.boxes);
    expect(lot.code('node:main', 'review.open-sheets', {}, opening)).toBe('E_STEP_BARRIER');
    expect(lot.code('bidder-2', 'review.answer-clarification', { clarification: 'q1' }, answer)).toBe('FORBIDDEN');
    expect(lot.code('bidder-1', 'review.answer-clarification', { clarification: 'q1' }, { ...answer, assurance: 'session' })).toBe(
      'ASSURANCE',
    );
    expect(lot.code('bidder-1', 'review.answer-clarification', { clarification: 'q1' }, answer)).toBe('OK');
    expect(lot.code('bidder-1', 'review.answer-clarification', { clarification: 'q1' }, answer)).toBe('E_ALREADY_DONE');
    expect(lot.code('node:main', 'review.open-sheets', {}, opening)).toBe('OK');
  });
  it('A-143 a late answer is no answer', () => {
    const lot = seated();
    lot.do('expert-1', 'review.ask-clarification', { clarification: 'q1', bidder: 'bidder-1', dueAt: at(lot, 5) }, question);
    lot.now += 5_000;
    expect(lot.code('bidder-1', 'review.answer-clarification', { clarification: 'q1' }, answer)).toBe('E_DEADLINE_PASSED');
  });
});
