import { type JsonObject, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  type Extras,
  once,
  openingSecrets,
  type Play,
  publishKeys,
  qualification,
  qualify,
  releaseKeys,
  reviewBids,
  reviewSheet,
  sealAt,
  submitBox,
  submitReviews,
  upheld,
} from '@app/testing/play';
import { membersOf, reviewedBidders, reviewFails, reviewResult, validBidders } from '../index.js';

const PASS = { pass: true };
const FAIL = { pass: false, ground: 'UNQUALIFIED', reason: 'no licence' };
const NO_MASTERS = { secrets: { masters: {} } };
const seated = (): Play => at(TV_E2E_01, 'evaluating');
const passAll = (play: Play) => (member: string) => reviewSheet(play, member, []);
const submitCode = ({ table }: Play, party: string, manifest: JsonObject, secrets: Extras['secrets'] = {}, more: Extras = {}) =>
  table.answer(party, 'review.submit-sheet', { manifest }, { secrets, ...more });

describe('handing in review sheets', () => {
  it('A-138 takes the first sealed sheet of each member, and only for the open step', () => {
    const play = seated();
    const { manifest, ciphertext } = sealAt(play, 'expert-1', 'review', reviewSheet(play, 'expert-1'));
    const secrets = { ciphertext };
    expect(submitCode(play, 'expert-1', manifest, secrets, { step: 'scores:technical' })).toBe('WRONG_STEP');
    expect(submitCode(play, 'agency', manifest, secrets)).toBe('FORBIDDEN');
    expect(submitCode(play, 'expert-1', manifest)).toBe('E_INPUT');
    expect(submitCode(play, 'expert-1', manifest, secrets, { assurance: 'session' })).toBe('OK');
    expect(submitCode(play, 'expert-1', manifest, secrets)).toBe('E_ALREADY_DONE');
  });
  it('A-96 refuses a box for another purpose, of another member, with another ciphertext, or before keepers have keys', () => {
    const play = seated();
    expect(submitCode(play, 'expert-1', {}, { ciphertext: 'AA' })).toBe('E_NOT_ENCRYPTED');
    const code = (made: ReturnType<typeof sealAt>, ciphertext = made.ciphertext) =>
      submitCode(play, 'expert-1', made.manifest, { ciphertext });
    const sheet = reviewSheet(play, 'expert-1');
    const box = sealAt(play, 'expert-1', 'review', sheet);
    expect(code(sealAt(play, 'expert-1', 'scores:technical', sheet))).toBe('E_BOX_INVALID');
    expect(code(sealAt(play, 'expert-2', 'review', sheet))).toBe('E_BOX_INVALID');
    expect(code(box, sealAt(play, 'expert-1', 'review', {}).ciphertext)).toBe('E_BOX_INVALID');
    expect(code(box, 'A')).toBe('E_INPUT');
    expect(code(box)).toBe('OK');
    // Begun again, the step has a purpose that no keeper has a key for yet.
    const keyless = upheld(at(TV_E2E_01, 'reported'));
    keyless.table.act('supervisor', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: '异议成立' });
    keyless.table.act('agency', 'committee.restart');
    expect(submitCode(keyless, 'expert-1', box.manifest, { ciphertext: box.ciphertext })).toBe('E_KEY_MISSING');
    publishKeys(keyless);
    expect(submitCode(keyless, 'expert-1', box.manifest, { ciphertext: box.ciphertext })).toBe('E_BOX_INVALID');
  });
});

describe('opening review sheets', () => {
  it('A-138 waits for everybody, then for the keepers, and only the node opens', () => {
    const play = seated();
    const { table } = play;
    expect(table.answer('node:main', 'review.open-sheets', {}, NO_MASTERS)).toBe('E_STEP_BARRIER');
    submitBox(play, 'expert-1', 'review.submit-sheet', 'review', reviewSheet(play, 'expert-1'));
    expect(table.answer('node:main', 'review.open-sheets', {}, NO_MASTERS)).toBe('E_STEP_BARRIER');
    submitReviews(play);
    releaseKeys(play, ['node:main']);
    expect(table.answer('node:main', 'review.open-sheets', {}, NO_MASTERS)).toBe('E_STEP_BARRIER');
    expect(() => openingSecrets(play, table.state.review.sheets.boxes)).toThrow('keepers are missing');
    expect(table.answer('expert-1', 'review.open-sheets', {}, NO_MASTERS)).toBe('FORBIDDEN');
  });
  it('A-138 takes nothing from the node but what the released keys give', () => {
    const play = seated();
    submitReviews(play);
    releaseKeys(play);
    const { masters, ...sheets } = openingSecrets(play, play.table.state.review.sheets.boxes);
    const known = masters as Record<string, string>;
    const open = (change: Extras['secrets'], more: Extras = {}) =>
      play.table.answer('node:main', 'review.open-sheets', {}, { secrets: { masters: known, ...change }, ...more });
    const { 'sheet:expert-1': one, ...others } = sheets;
    expect(open({ ...sheets, masters: { ...known, 'expert-1': known['expert-2']! } })).toBe('E_INPUT');
    expect(open(others)).toBe('OPENING_MISMATCH');
    expect(open({ ...others, 'sheet:expert-1': sheets['sheet:expert-2']! })).toBe('OPENING_MISMATCH');
    expect(open({ ...sheets, 'sheet:agency': one! })).toBe('E_INPUT');
    expect(open(sheets)).toBe('OK');
    expect(open(sheets, { step: 'review' })).toBe('WRONG_STEP');
  });
  it('TV-VOTE-01 A-139 rejects by majority with the legal ground, keeps what a minority failed, and records the dissent', () => {
    const play = seated();
    reviewBids(play, (member) =>
      reviewSheet(play, member, [...(member === 'expert-1' ? [] : ['D/qualification-1']), ...(member < 'expert-3' ? ['A/formal-1'] : [])]),
    );
    const { state } = play.table;
    const result = reviewResult(state)!;
    expect(result.rejected).toMatchObject([
      { bidder: 'bidder-4', grounds: ['NOT_RESPONSIVE'], items: [{ item: 'qualification-1', fails: 4, members: 5 }] },
    ]);
    expect(reviewFails(state)?.dissent.map(({ bidder, member }) => [bidder, member])).toEqual([
      ['bidder-1', 'expert-1'],
      ['bidder-1', 'expert-2'],
    ]);
    expect(validBidders(state)).toEqual(['bidder-1', 'bidder-2', 'bidder-3', 'bidder-5', 'bidder-6', 'bidder-7']);
    expect(state.committee.step).toBe('scores:technical');
  });
});

describe('a price above the ceiling', () => {
  it('A-148 a price above the ceiling is rejected by the rule, though every member passes it (条例 51)', () => {
    const under = (ceiling: string): LotPlan => ({ ...TV_E2E_01, rules: { ...TV_E2E_01.rules, ceiling } });
    const play = at(under('9880000'), 'evaluating');
    reviewBids(play, passAll(play));
    expect(validBidders(play.table.state)).toContain('bidder-6');
    const tight = at(under('9879999.99'), 'evaluating');
    reviewBids(tight, passAll(tight));
    expect(reviewResult(tight.table.state)?.rejected).toMatchObject([{ bidder: 'bidder-6', grounds: ['BELOW_COST_OR_ABOVE_CEILING'] }]);
  });
});

describe('invalid sheets are corrected openly, and nothing else is', () => {
  const correction = (bids: JsonObject, reason = 'corrected') =>
    [{ ground: 'INVALID_ITEM', reason }, { secrets: { correction: { v: 1, bids } } }] as const;
  it('A-138 an item without ground or reason is given again by its member; the others’ sheets stand', () => {
    const play = seated();
    const { table } = play;
    const ugly = { 'formal-1': PASS, 'qualification-1': PASS, 'responsiveness-1': { pass: false, ground: 'UGLY', reason: 'x' } };
    const bids = { ...(reviewSheet(play, 'expert-2')['bids'] as JsonObject), 'bidder-4': ugly };
    reviewBids(play, (member) => (member === 'expert-2' ? { v: 1, bids } : reviewSheet(play, member)));
    expect(table.state.review).toMatchObject({ concluded: null, sheets: { owed: ['expert-2'] } });
    const correct = (party: string, change: JsonObject) =>
      table.answer(party, 'review.correct-sheet', ...correction({ 'bidder-4': change }));
    expect(correct('expert-1', { 'responsiveness-1': PASS })).toBe('E_ALREADY_LOCKED');
    expect(correct('expert-2', { 'formal-1': PASS, 'responsiveness-1': PASS })).toBe('E_INPUT');
    expect(correct('expert-2', { 'responsiveness-1': { ...FAIL, reason: '' } })).toBe('E_REASON_REQUIRED');
    expect(correct('expert-2', { 'responsiveness-1': FAIL })).toBe('OK');
    expect(reviewResult(table.state)?.rejected.map(({ bidder }) => bidder)).toEqual(['bidder-4']);
  });
  it.each([
    ['bytes that are no JSON', utf8('{'), 'INVALID_SHEET'],
    ['JSON that is no sheet', { v: 2 }, 'INVALID_SHEET'],
  ])('a box that holds %s is %3$s: its member gives the whole sheet openly', (_, content, verdict) => {
    const play = seated();
    const { table } = play;
    reviewBids(play, (member) => (member === 'expert-3' ? content : reviewSheet(play, member, [])));
    expect(table.state.review.sheets.opened['expert-3']?.verdict).toBe(verdict);
    expect(table.state.review.sheets.owed).toEqual(['expert-3']);
    const whole = { secrets: { correction: reviewSheet(play, 'expert-3', []) } };
    table.act('expert-3', 'review.correct-sheet', { ground: 'INVALID_BOX', reason: 'broken' }, whole);
    expect(validBidders(table.state)).toHaveLength(7);
  });
});

describe('fewer than three bids after the review', () => {
  const failing = (count: number): string[] => ['A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, count).map((letter) => `${letter}/formal-1`);
  const few = once(() => {
    const play = seated();
    reviewBids(play, (member) => reviewSheet(play, member, failing(5)));
    return play;
  });
  const vote = (competitive: boolean) => ({ secrets: { vote: { competitive, reason: 'because' } } });
  it('12号令 27 tender law: the committee’s majority goes on, with reasons on the record', () => {
    const { table } = few();
    expect(table.state.committee.step).toBe('few-bids');
    expect(table.answer('expert-1', 'review.vote-competition', {})).toBe('E_INPUT');
    expect(table.answer('agency', 'review.vote-competition', {}, vote(true))).toBe('FORBIDDEN');
    membersOf(table.state).forEach((member, index) => table.act(member, 'review.vote-competition', {}, vote(index > 1)));
    expect(table.state).toMatchObject({ review: { fewBids: { outcome: 'CONTINUE' } }, committee: { step: 'scores:technical' } });
  });
  it('B-033 12号令 27 tender law: the majority may reject all, and the lot fails', () => {
    const { table } = few();
    table.act('expert-1', 'review.vote-competition', {}, vote(false));
    expect(table.answer('expert-1', 'review.vote-competition', {}, vote(true))).toBe('E_ALREADY_DONE');
    for (const member of membersOf(table.state).slice(1)) table.act(member, 'review.vote-competition', {}, vote(member === 'expert-2'));
    expect(table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_RESPONSIVE' } } });
  });
  it('every bid rejected ends the lot (招标投标法 42)', () => {
    const play = seated();
    reviewBids(play, (member) => reviewSheet(play, member, failing(7)));
    expect(play.table.state.setup.failure?.reason).toBe('ALL_REJECTED');
  });
  it('B-024 gov: fewer than three conforming bids end the procurement', () => {
    const play = at(TV_E2E_02, 'evaluating');
    reviewBids(play, (member) => reviewSheet(play, member, ['A/conformity-1']));
    expect(play.table.state.setup.failure?.reason).toBe('LT3_RESPONSIVE');
  });
});

describe('C14 bids of one brand of the core product count as one bidder (87号令 31)', () => {
  const branded = (brands: readonly (string | null)[]): LotPlan => {
    const bids = TV_E2E_02.bids.map((bid, index) => ({ ...bid, ...(brands[index] == null ? {} : { coreBrand: brands[index] }) }));
    return {
      ...TV_E2E_02,
      id: `brands-${brands.map((brand) => brand?.trim() ?? 0).join('-')}`,
      rules: { ...TV_E2E_02.rules, coreProduct: '交互智能平板' },
      bids,
    };
  };
  it.each([
    ['of two brands', ['Acme', ' ACME', 'Bolt']],
    ['of which two name no brand', [null, null, 'Bolt']],
  ])('C14 three suppliers %s are two: there is no evaluation, by the rule alone', (_case, brands) => {
    const play = at(branded(brands), 'opened');
    qualify(play);
    expect(play.table.state.setup.failure).toMatchObject({ reason: 'LT3_QUALIFIED', explanation: expect.stringContaining('2 brands') });
  });
  it('C14 three of three brands are evaluated, and two brands left by the review are not enough', () => {
    const play = at(branded(['Acme', 'Bolt', 'Core']), 'evaluating');
    reviewBids(play);
    expect(validBidders(play.table.state)).toHaveLength(3);
    expect(play.table.state.setup.failure).toBeNull();
  });
});

describe('gov: the purchaser reviews qualification (87号令 44)', () => {
  it('is not for tender law, not for strangers, and names every opened bid with lawful grounds', () => {
    const none = { secrets: { qualification: { v: 1, bids: {} } } };
    expect(at(TV_E2E_01, 'opened').table.answer('agency', 'review.qualify', {}, none)).toBe('FORBIDDEN');
    const play = at(TV_E2E_02, 'opened');
    const ask = (bids: JsonObject, party = 'tenderer') =>
      play.table.answer(party, 'review.qualify', {}, { secrets: { qualification: { v: 1, bids } } });
    const whole = qualification(play)['bids'] as JsonObject;
    // Experts come by the draw, after the opening: none is a party yet.
    expect(ask(whole, 'representative-1')).toBe('FORBIDDEN');
    expect(ask({})).toBe('E_INPUT');
    expect(ask({ ...whole, 'bidder-1': { pass: false, ground: 'ALTERNATIVE_BIDS_OR_PRICES', reason: 'two' } })).toBe('E_REASON_REQUIRED');
    expect(ask(whole)).toBe('OK');
    expect(ask(whole)).toBe('WRONG_STATE');
    expect(reviewedBidders(play.table.state)).toEqual(['bidder-1', 'bidder-2', 'bidder-3']);
  });
  it('B-024 fewer than three qualified suppliers are not evaluated', () => {
    const play = at(TV_E2E_02, 'opened');
    qualify(play, ['B']);
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_QUALIFIED' } } });
  });
});

describe('clarifications (条例 52)', () => {
  const question = { secrets: { question: { text: 'which figure holds?' } } };
  const answer = { secrets: { answer: { text: 'the words' } } };
  const after = ({ table }: Play, seconds: number): string => new Date(Date.parse(table.now) + seconds * 1000).toISOString();
  it('A-143 the chair asks, the bidder answers in time and once; the sheets wait for him', () => {
    const play = seated();
    const { table } = play;
    const ask = (party: string, bidder: string, dueAt: string) =>
      table.answer(party, 'review.ask-clarification', { clarification: 'q1', bidder, dueAt }, question);
    expect(ask('expert-2', 'bidder-1', after(play, 600))).toBe('FORBIDDEN');
    expect(ask('expert-1', 'bidder-99', after(play, 600))).toBe('E_INPUT');
    expect(ask('expert-1', 'bidder-1', after(play, -60))).toBe('E_INPUT');
    expect(ask('expert-1', 'bidder-1', after(play, 600))).toBe('OK');
    expect(ask('expert-1', 'bidder-1', after(play, 600))).toBe('E_ALREADY_DONE');
    submitReviews(play);
    releaseKeys(play);
    const opening = { secrets: openingSecrets(play, table.state.review.sheets.boxes) };
    expect(table.answer('node:main', 'review.open-sheets', {}, opening)).toBe('E_STEP_BARRIER');
    const reply = (party: string, more: Extras = {}) =>
      table.answer(party, 'review.answer-clarification', { clarification: 'q1' }, { ...answer, ...more });
    expect(reply('bidder-2')).toBe('FORBIDDEN');
    expect(reply('bidder-1', { assurance: 'session' })).toBe('ASSURANCE');
    expect(reply('bidder-1')).toBe('OK');
    expect(reply('bidder-1')).toBe('E_ALREADY_DONE');
    expect(table.answer('node:main', 'review.open-sheets', {}, opening)).toBe('OK');
    // Whoever the review rejected is asked nothing any more.
    const [rejected] = reviewResult(table.state)?.rejected ?? [];
    const more = { clarification: 'q2', dueAt: after(play, 600) };
    for (const [bidder, said] of [
      [rejected!.bidder, 'E_INPUT'],
      ['bidder-1', 'OK'],
    ] as const)
      expect(
        table.answer('expert-1', 'review.ask-clarification', { ...more, bidder }, { ...question, step: table.state.committee.step ?? '' }),
      ).toBe(said);
  });
  it('A-143 two readers of one lot count down to different limits: each bidder to their own, the chair to the next, a witness to none', () => {
    const play = seated();
    const { table } = play;
    const due = { 'bidder-1': after(play, 900), 'bidder-2': after(play, 600) };
    for (const [bidder, dueAt] of Object.entries(due))
      table.act('expert-1', 'review.ask-clarification', { clarification: `q-${bidder}`, bidder, dueAt }, question);
    const next = (...parties: string[]) => table.run.nextLimit(parties);
    for (const [bidder, at] of Object.entries(due)) expect(next(bidder)).toEqual({ name: 'clarification', at });
    expect(next('expert-1')).toEqual({ name: 'clarification', at: due['bidder-2'] });
    expect(next('bidder-1', 'bidder-2')).toEqual({ name: 'clarification', at: due['bidder-2'] });
    expect([next('bidder-3'), next('witness-main'), next()]).toEqual([null, null, null]);
  });
  it('A-143 a late answer is no answer', () => {
    const play = seated();
    const { table } = play;
    table.act('expert-1', 'review.ask-clarification', { clarification: 'q1', bidder: 'bidder-1', dueAt: after(play, 60) }, question);
    table.pass(60);
    expect(table.answer('bidder-1', 'review.answer-clarification', { clarification: 'q1' }, answer)).toBe('E_DEADLINE_PASSED');
  });
});
