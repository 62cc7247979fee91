import type { JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  aggregate,
  at,
  contactExperts,
  letterOf,
  type Play,
  publishKeys,
  reportedWithADifference,
  reviewBids,
  reviewSheet,
  scoreBids,
  scoreSheet,
  signInMember,
  signReport,
} from '@app/testing/play';
import {
  bidPriceOf,
  contentOfMotion,
  disclosed,
  findingsOf,
  isObject,
  type LotState,
  membersOf,
  MOTIONS_MAX,
  resultOf,
  standingBidders,
  view,
} from '../index.js';
import { motionsCommands } from './rules.js';

const chairOf = ({ table }: Play): string => table.state.committee.chair ?? '';
const bidderOf = (play: Play, letter: string): string =>
  standingBidders(play.table.state).find((one) => letterOf(play, one) === letter) ?? letter;
const others = (play: Play): string[] => play.plan.members.filter((member) => member !== chairOf(play));
const step = ({ table }: Play): string => table.state.committee.step ?? '';
const proposed = (play: Play, motion: string, content: JsonObject, party = chairOf(play)) =>
  play.table.answer(party, 'motions.propose', { motion }, { secrets: { motion: content }, step: step(play) });
const voted = (play: Play, motion: string, party: string, isFor: boolean, reason = isFor ? '' : '不同意') =>
  play.table.answer(party, 'motions.vote', { motion }, { secrets: { vote: { isFor, reason } }, step: step(play) });
const answered = (play: Play, motion: string, party: string, confirms: boolean | null) =>
  play.table.answer(party, 'motions.answer', { motion }, { secrets: { answer: { confirms, text: '说明', files: [] } } });
/** Every member votes, the first so many for it. */
function ballot(play: Play, motion: string, isFor: number, reason?: string): void {
  for (const [index, member] of membersOf(play.table.state).entries())
    expect(voted(play, motion, member, index < isFor, index < isFor ? '' : reason)).toBe('OK');
}
function carry(play: Play, motion: string, content: JsonObject): void {
  expect(proposed(play, motion, content)).toBe('OK');
  ballot(play, motion, 3);
}
const owed = ({ table }: Play, party: string): string[] => table.run.owed(party).map(({ command, subject }) => `${command} ${subject}`);
const outcomeOf = ({ table }: Play, motion: string) => table.state.motions.list.find(({ id }) => id === motion)?.outcome;

const dueOf = ({ table }: Play, motion: string): string => table.state.motions.list.find(({ id }) => id === motion)?.asked?.dueAt ?? '';

/** After the technical scores: prices are there to be judged. */
const priced = (): Play => at(TV_E2E_01, 'half-scored');
const rejection = (bidder: string): JsonObject => ({
  kind: 'REJECTION',
  bidder,
  ground: 'COLLUSION_FRAUD_BRIBERY',
  place: '技术文件第 12 页',
  reason: '与另一投标文件异常一致',
});
const wordsOver = (bidder: string, amount: string, words: string): JsonObject => ({
  kind: 'CORRECTION',
  bidder,
  correction: { rule: 'WORDS_OVER_FIGURES', words, amount },
  place: '投标函',
  reason: '大小写不一致',
});
const B_WORDS = wordsOver('', '9400000', '玖佰肆拾万元整');

describe('rejection at any step', () => {
  it('A-138 the chair proposes with a ground of the law and its place; more than half of all members carry it, and the bid is in no ranking', () => {
    const play = priced();
    const g = bidderOf(play, 'G');
    const [one = '', two = '', three = '', four = ''] = others(play);
    expect(proposed(play, 'm-1', rejection(g), one)).toBe('FORBIDDEN');
    expect(proposed(play, 'm-1', { ...rejection(g), ground: 'UGLY' })).toBe('E_REASON_REQUIRED');
    expect(proposed(play, 'm-1', rejection('bidder-99'))).toBe('E_INPUT');
    expect(proposed(play, 'm-1', rejection(g))).toBe('OK');
    expect(proposed(play, 'm-1', rejection(g))).toBe('E_ALREADY_DONE');
    expect(proposed(play, 'm-2', rejection(g))).toBe('E_ALREADY_DONE');
    expect(owed(play, one)).toContain('motions.vote m-1');
    expect(owed(play, chairOf(play))).toContain('motions.vote m-1');
    expect(voted(play, 'm-1', one, false, '')).toBe('E_REASON_REQUIRED');
    expect(voted(play, 'm-1', one, false)).toBe('OK');
    expect(voted(play, 'm-1', one, true)).toBe('E_ALREADY_DONE');
    expect(voted(play, 'm-1', two, true)).toBe('OK');
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual([null, true]);
    expect(voted(play, 'm-1', three, true)).toBe('OK');
    expect(voted(play, 'm-1', chairOf(play), true)).toBe('OK');
    // Three of five are for it; who they are nobody reads from the moment of the outcome.
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual([null, true]);
    expect(voted(play, 'm-1', four, false)).toBe('OK');
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual(['CARRIED', false]);
    scoreBids(play, 'commercial');
    aggregate(play);
    const result = resultOf(play.table.state);
    expect(result?.rows.map(({ party }) => letterOf(play, party))).toEqual(['B', 'E', 'C', 'F', 'A']);
    // Frozen with the review (domain.md §4.5): its price stays in the benchmark.
    expect(result?.benchmark?.price).toBe('9210150.00');
    expect(play.table.state.faults).toEqual([]);
  });
  it('A-138 a motion that most are against is lost, and changes nothing', () => {
    const play = priced();
    const g = bidderOf(play, 'G');
    expect(proposed(play, 'm-1', rejection(g))).toBe('OK');
    ballot(play, 'm-1', 2);
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual(['LOST', true]);
    expect(proposed(play, 'm-2', rejection(g))).toBe('E_ALREADY_DONE');
    expect(proposed(play, 'm-2', { ...rejection(g), ground: 'NOT_RESPONSIVE' })).toBe('OK');
  });
  it('whoever proposes votes like everybody: two for it, the chair and two others against, and it is lost', () => {
    const play = priced();
    expect(proposed(play, 'm-1', rejection(bidderOf(play, 'G')))).toBe('OK');
    const [one = '', two = '', ...rest] = others(play);
    for (const member of [one, two]) expect(voted(play, 'm-1', member, true)).toBe('OK');
    for (const member of rest) expect(voted(play, 'm-1', member, false)).toBe('OK');
    expect(outcomeOf(play, 'm-1')).toBeNull();
    expect(voted(play, 'm-1', chairOf(play), false)).toBe('OK');
    expect(outcomeOf(play, 'm-1')).toBe('LOST');
  });
  it('no bid is rejected for its price without a written question before (12号令 21)', () => {
    const play = priced();
    const below = { ...rejection(bidderOf(play, 'G')), ground: 'BELOW_COST_OR_ABOVE_CEILING' };
    expect(proposed(play, 'm-1', below)).toBe('E_INPUT');
    const gov = at(TV_E2E_02, 'reviewed');
    expect(proposed(gov, 'm-1', { ...rejection(bidderOf(gov, 'A')), ground: 'ABOVE_BUDGET' })).toBe('E_INPUT');
  });
  it('a lot takes so many motions, but for those that the rules ask for', () => {
    const play = priced();
    for (const [index, letter] of ['G', 'F', 'A', 'C'].entries()) carry(play, `m-${index}`, rejection(bidderOf(play, letter)));
    const { state } = play.table;
    const [one] = state.motions.list;
    const full = { ...state, motions: { ...state.motions, list: Array.from({ length: MOTIONS_MAX }, () => one!) } };
    const ask = (motion: JsonObject) => {
      const prepared = play.table.prepare(chairOf(play), 'motions.propose', { motion: 'more' }, { secrets: { motion } });
      const { id, type, step, secrets } = prepared.command;
      const asked = {
        id,
        type,
        step,
        payload: { motion: 'more' },
        party: chairOf(play),
        key: null,
        roles: [],
        secrets,
        unseen: new Set<string>(),
      };
      const roof = { purposes: () => [] };
      const decision = motionsCommands['motions.propose'].decide(full, { ...asked, opened: { motion } }, prepared.context, roof);
      return decision.ok ? 'OK' : decision.code;
    };
    expect(ask(rejection(bidderOf(play, 'B')))).toBe('QUOTA_EXCEEDED');
    expect(ask({ kind: 'NO_COMPETITION', reason: '两家' })).toBe('OK');
  });
  it('a rejected bid asks nothing of anybody: its part closes, its questions and motions are closed, and bids are ranked at once', () => {
    const play = at(TV_E2E_01, 'reviewed');
    const g = bidderOf(play, 'G');
    scoreBids(play, 'technical', (member) => {
      const sheet = scoreSheet(play, member, 'technical');
      return member === 'expert-4' ? { v: 1, bids: { ...(sheet['bids'] as JsonObject), [g]: { 'technical-1': '9' } } } : sheet;
    });
    expect(play.table.state.scoring.parts.technical.owed).toEqual(['expert-4']);
    expect(play.table.answer('node:main', 'scoring.settle-part')).toBe('E_STEP_BARRIER');
    expect(owed(play, 'node:main')).toEqual([]);
    carry(play, 'out', rejection(g));
    const explanation = { bidder: g, reason: '说明' };
    expect(play.table.answer('expert-4', 'scoring.explain-outlier', {}, { secrets: { explanation } })).toBe('E_INPUT');
    expect(owed(play, 'node:main')).toEqual(['scoring.settle-part ']);
    expect(play.table.answer('expert-4', 'scoring.settle-part')).toBe('FORBIDDEN');
    play.table.act('node:main', 'scoring.settle-part');
    expect(step(play)).toBe('scores:commercial');
    expect(play.table.answer('node:main', 'scoring.settle-part')).toBe('E_STEP_BARRIER');
    scoreBids(play, 'commercial');
    aggregate(play);
    expect(resultOf(play.table.state)?.rows).toHaveLength(5);
  });
  it('is not proposed once cells are judged again: the ranking is known by then', () => {
    const play = reportedWithADifference();
    play.table.act('agency', 'scoring.reopen', { reason: '复核' });
    expect(proposed(play, 'm-1', rejection(bidderOf(play, 'G')))).toBe('WRONG_STEP');
  });
  it('A-138 while the committee has not decided, bids are not ranked', () => {
    const play = priced();
    expect(proposed(play, 'm-1', rejection(bidderOf(play, 'G')))).toBe('OK');
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(owed(play, 'node:main')).toEqual(['motions.tally m-1']);
    ballot(play, 'm-1', 0);
    expect(owed(play, 'node:main')).toContain('scoring.aggregate ');
  });
  it('B-024 procurement: fewer than three bids after a rejection end the lot; tender law asks the committee whether they compete', () => {
    const gov = at(TV_E2E_02, 'reviewed');
    const content = { ...rejection(bidderOf(gov, 'A')), ground: 'OTHER_STATED' };
    expect(proposed(gov, 'm-1', content)).toBe('OK');
    ballot(gov, 'm-1', 4);
    expect(gov.table.state.status).toBe('LOT_FAILED');
    const play = priced();
    for (const [index, letter] of ['G', 'F', 'A', 'C'].entries()) carry(play, `m-${index}`, rejection(bidderOf(play, letter)));
    expect(owed(play, chairOf(play))).toContain('motions.propose NO_COMPETITION');
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(proposed(play, 'few', { kind: 'NO_COMPETITION', reason: '仍有竞争' })).toBe('OK');
    expect(proposed(play, 'few', { kind: 'NO_COMPETITION', reason: '仍有竞争' })).toBe('E_ALREADY_DONE');
    ballot(play, 'few', 2, '两家报价差异合理，仍有竞争');
    expect(proposed(play, 'few-2', { kind: 'NO_COMPETITION', reason: '再议' })).toBe('E_ALREADY_DONE');
    expect(owed(play, 'node:main')).toContain('scoring.aggregate ');
    // One is left of two: what was said of two says nothing of one.
    carry(play, 'one-more', rejection(bidderOf(play, 'E')));
    expect(owed(play, chairOf(play))).toContain('motions.propose NO_COMPETITION');
    expect(owed(play, 'node:main')).toEqual([]);
    // A silent chair holds nothing up: what the rules ask for any member proposes, and nothing else.
    const [one = ''] = others(play);
    expect(proposed(play, 'few-2', rejection(standingBidders(play.table.state)[0] ?? ''), one)).toBe('FORBIDDEN');
    expect(proposed(play, 'few-2', { kind: 'NO_COMPETITION', reason: '仅余一家' }, one)).toBe('OK');
    ballot(play, 'few-2', 0, '报价合理');
    aggregate(play);
    expect(resultOf(play.table.state)?.rows).toHaveLength(1);
  });
  it('a flawed tender document stops the evaluation, by vote (87号令 65)', () => {
    const play = at(TV_E2E_02, 'reviewed');
    expect(proposed(play, 'flaw', { kind: 'NO_COMPETITION', reason: 'no' })).toBe('E_INPUT');
    expect(proposed(play, 'flaw', { kind: 'DOCUMENT_FLAWED', place: '第 30 页', reason: '评审因素前后矛盾' })).toBe('OK');
    ballot(play, 'flaw', 4);
    expect(play.table.state.status).toBe('LOT_FAILED');
  });
  it('whoever is silent is not for it and holds nobody up: the node counts when the time to vote is over, a suspension not counted', () => {
    const play = priced();
    const g = bidderOf(play, 'G');
    const [one = '', two = '', three = '', four = ''] = others(play);
    expect(proposed(play, 'm-1', rejection(g))).toBe('OK');
    for (const member of [one, two, three]) expect(voted(play, 'm-1', member, true)).toBe('OK');
    const tally = (): string => play.table.answer('node:main', 'motions.tally', { motion: 'm-1' });
    const dueAt = () => play.table.run.owed(four).find(({ subject }) => subject === 'm-1')?.until ?? '';
    const first = dueAt();
    expect(tally()).toBe('E_TOO_EARLY');
    play.table.act('agency', 'lot.suspend', { cause: 'OUTAGE', reason: '断电' });
    play.table.waitUntil(first);
    play.table.act('agency', 'lot.resume', { reason: '恢复供电', deadline: null });
    expect([dueAt() > first, tally()]).toEqual([true, 'E_TOO_EARLY']);
    play.table.waitUntil(dueAt());
    expect(play.table.answer('supervisor', 'motions.tally', { motion: 'm-1' })).toBe('FORBIDDEN');
    expect(tally()).toBe('OK');
    // Three of five members are for it: more than half of all.
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual(['CARRIED', false]);
    expect(voted(play, 'm-1', four, false)).toBe('E_ALREADY_DONE');
    expect(tally()).toBe('E_ALREADY_DONE');
  });
  it('two for it and three silent carry nothing', () => {
    const play = priced();
    const g = bidderOf(play, 'G');
    expect(proposed(play, 'm-1', rejection(g))).toBe('OK');
    for (const member of others(play).slice(0, 2)) expect(voted(play, 'm-1', member, true)).toBe('OK');
    play.table.waitUntil(play.table.run.owed('node:main').find(({ command }) => command === 'motions.tally')?.notBefore ?? '');
    play.table.act('node:main', 'motions.tally', { motion: 'm-1' });
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual(['LOST', true]);
  });
  it('is not proposed before the review is over', () => {
    const play = at(TV_E2E_01, 'evaluating');
    expect(proposed(play, 'm-1', rejection('bidder-1'))).toBe('WRONG_STEP');
  });
});

describe('arithmetic correction as a procedure (算术修正)', () => {
  const correction = (play: Play): JsonObject => ({ ...B_WORDS, bidder: bidderOf(play, 'B') });
  it('TV-COR-01 A-142 found by vote, confirmed by the bidder in time, and then the price that is ranked, shown beside the one read out', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    carry(play, 'cor-1', correction(play));
    expect(owed(play, b)).toContain('motions.answer cor-1');
    expect(answered(play, 'cor-1', bidderOf(play, 'C'), true)).toBe('FORBIDDEN');
    expect(answered(play, 'cor-1', b, null)).toBe('E_INPUT');
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_CORRECTION_UNCONFIRMED');
    expect(play.table.answer('node:main', 'motions.lapse', { motion: 'cor-1' })).toBe('E_TOO_EARLY');
    expect(answered(play, 'cor-1', b, true)).toBe('OK');
    expect(answered(play, 'cor-1', b, true)).toBe('E_ALREADY_DONE');
    expect(bidPriceOf(play.table.state, b)).toBe('9400000.00');
    aggregate(play);
    const row = resultOf(play.table.state)?.rows.find(({ party }) => party === b);
    expect(row).toMatchObject({ price: '9400000.00', quoted: '9480000.00' });
    expect(resultOf(play.table.state)?.benchmark?.set).toContainEqual({ party: b, price: '9400000.00' });
    signReport(play);
    const report = disclosed(play.table.state, play.table.state.report.generated?.seq ?? 0, 'd:report');
    expect(isObject(report) ? report['findings'] : null).toMatchObject([{ bidder: b, outcome: 'CORRECTED', price: '9400000.00' }]);
  });
  it('TV-COR-02 declined, or not confirmed in time, the bid is rejected (87号令 59)', () => {
    const declined = priced();
    carry(declined, 'cor-1', correction(declined));
    const b = bidderOf(declined, 'B');
    expect(answered(declined, 'cor-1', b, false)).toBe('OK');
    expect(standingBidders(declined.table.state)).not.toContain(b);
    const late = priced();
    carry(late, 'cor-1', correction(late));
    late.table.waitUntil(dueOf(late, 'cor-1'));
    expect(answered(late, 'cor-1', b, true)).toBe('E_DEADLINE_PASSED');
    expect(owed(late, 'node:main')).toContain('motions.lapse cor-1');
    late.table.act('node:main', 'motions.lapse', { motion: 'cor-1' });
    expect(standingBidders(late.table.state)).not.toContain(b);
    expect(late.table.answer('node:main', 'motions.lapse', { motion: 'cor-1' })).toBe('E_ALREADY_DONE');
  });
  it('TV-COR-03 a correction above the ceiling rejects the bid, confirmed or not', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    carry(play, 'cor-1', wordsOver(b, '10000001', '壹仟万零壹元整'));
    expect(answered(play, 'cor-1', b, true)).toBe('OK');
    expect(standingBidders(play.table.state)).not.toContain(b);
  });
  it('nobody loses time to answer to a suspension of the lot', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    carry(play, 'cor-1', correction(play));
    const due = dueOf(play, 'cor-1');
    play.table.act('agency', 'lot.suspend', { cause: 'OUTAGE', reason: '断电' });
    play.table.waitUntil(due);
    play.table.act('agency', 'lot.resume', { reason: '恢复供电', deadline: null });
    expect(play.table.answer('node:main', 'motions.lapse', { motion: 'cor-1' })).toBe('E_TOO_EARLY');
    const [answer] = play.table.run.owed(b);
    expect(answer).toMatchObject({ command: 'motions.answer', subject: 'cor-1' });
    expect(Date.parse(answer?.until ?? '') - Date.parse(due)).toBe(play.table.state.setup.suspendedMs);
    expect(answered(play, 'cor-1', b, true)).toBe('OK');
    expect(bidPriceOf(play.table.state, b)).toBe('9400000.00');
  });
  it('a bid that is rejected while its bidder is asked is asked no more, and the ranking waits for it no longer', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    carry(play, 'cor-1', correction(play));
    expect(proposed(play, 'low', { kind: 'LOW_PRICE', bidder: b, reason: '报价偏低' })).toBe('OK');
    scoreBids(play, 'commercial');
    carry(play, 'out', rejection(b));
    expect(answered(play, 'cor-1', b, true)).toBe('E_ALREADY_DONE');
    expect(voted(play, 'low', chairOf(play), true)).toBe('E_ALREADY_DONE');
    expect(play.table.answer('node:main', 'motions.lapse', { motion: 'cor-1' })).toBe('E_ALREADY_DONE');
    expect(owed(play, 'node:main')).toEqual(['scoring.aggregate ']);
    aggregate(play);
    expect(resultOf(play.table.state)?.rows.map(({ party }) => letterOf(play, party))).not.toContain('B');
  });
  it('a unit price that a slip of the decimal point changed is in the finding; the total stands (87号令 59 ③)', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    const lines = [{ item: '钢筋', quantity: '120', unitPrice: '8550.00', stated: '10260.00' }];
    carry(play, 'cor-1', { ...B_WORDS, bidder: b, correction: { rule: 'DECIMAL_SLIP', lines } });
    expect(answered(play, 'cor-1', b, true)).toBe('OK');
    expect(findingsOf(play.table.state)).toMatchObject([{ price: '9480000.00', unitPrices: [{ item: '钢筋', unitPrice: '85.5' }] }]);
  });
  it('A-142 one that the law of the lot does not know, that is none, or whose price is not shown yet, is refused', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    const of = (rule: JsonObject): JsonObject => ({ ...B_WORDS, bidder: b, correction: rule });
    expect(proposed(play, 'c', of({ rule: 'SHEET_OVER_BODY', body: '1' }))).toBe('E_INPUT');
    expect(proposed(play, 'c', of({ rule: 'CHINESE_OVER_OTHER', amount: '9480000.00' }))).toBe('E_INPUT');
    const early = at(TV_E2E_01, 'reviewed');
    expect(proposed(early, 'c', { ...B_WORDS, bidder: bidderOf(early, 'B') })).toBe('WRONG_STEP');
  });
});

/** TV-LOW-01: C is below half of the second lowest and 45 % of the ceiling. */
const LOW: LotPlan = {
  ...TV_E2E_02,
  id: 'TV-LOW-01',
  bids: TV_E2E_02.bids.map((bid) => (bid.letter === 'C' ? { ...bid, price: '420000.00' } : { ...bid, smallMicro: false })),
};

describe('abnormally low price as a procedure (异常低价)', () => {
  const ask = (bidder: string): JsonObject => ({ kind: 'LOW_PRICE', bidder, reason: '报价明显偏低' });
  const unproven = (bidder: string): JsonObject => ({ kind: 'UNPROVEN', bidder, reason: '未能证明报价合理性' });
  /** Everything scored, but for what the low price still asks. */
  function scored(): Play {
    const play = at(LOW, 'half-scored');
    scoreBids(play, 'commercial');
    return play;
  }
  it('TV-LOW-01 A-148 the rules mark the bid; the chair owes the question before the ranking, no vote is needed, and thirty minutes run at least', () => {
    const play = scored();
    const c = bidderOf(play, 'C');
    expect(owed(play, chairOf(play))).toContain(`motions.propose ${c}`);
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(proposed(play, 'low', { ...ask(c), minutes: 1 })).toBe('OK');
    const asked = play.table.state.motions.list.find(({ id }) => id === 'low');
    expect([asked?.outcome, Date.parse(asked?.asked?.dueAt ?? '') - Date.parse(asked?.at ?? '')]).toEqual(['CARRIED', 30 * 60_000]);
    expect(owed(play, c)).toEqual(['motions.answer low']);
    expect(proposed(play, 'early', unproven(c))).toBe('E_INPUT');
    expect(answered(play, 'low', c, null)).toBe('OK');
    expect(owed(play, chairOf(play))).toContain(`motions.propose ${c}`);
    // Proven: the price stands.
    expect(proposed(play, 'found', unproven(c))).toBe('OK');
    ballot(play, 'found', 0, '成本构成说明充分');
    expect(findingsOf(play.table.state)).toMatchObject([{ outcome: 'PROVEN', reason: '成本构成说明充分' }]);
    expect(proposed(play, 'again', unproven(c))).toBe('E_ALREADY_DONE');
    expect(proposed(play, 'again', ask(c))).toBe('E_ALREADY_DONE');
    aggregate(play);
    expect(resultOf(play.table.state)?.rows.some(({ party }) => party === c)).toBe(true);
  });
  it('TV-LOW-01 A-148 unproven, or not explained in time, the bid is invalid by the committee’s vote', () => {
    const play = scored();
    const c = bidderOf(play, 'C');
    expect(proposed(play, 'low', ask(c))).toBe('OK');
    play.table.waitUntil(dueOf(play, 'low'));
    play.table.act('node:main', 'motions.lapse', { motion: 'low' });
    expect(standingBidders(play.table.state)).toContain(c);
    expect(proposed(play, 'found', unproven(c))).toBe('OK');
    ballot(play, 'found', 4);
    expect(play.table.state.status).toBe('LOT_FAILED');
  });
  it('TV-LOW-02 A-148 tender law: no figure marks a price, the committee asks by its vote (12号令 21)', () => {
    const play = priced();
    const e = bidderOf(play, 'E');
    expect(owed(play, chairOf(play))).not.toContain(`motions.propose ${e}`);
    expect(proposed(play, 'low', ask(e))).toBe('OK');
    expect(outcomeOf(play, 'low')).toBeNull();
    ballot(play, 'low', 3);
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(answered(play, 'low', e, null)).toBe('OK');
    carry(play, 'found', unproven(e));
    expect(standingBidders(play.table.state)).not.toContain(e);
  });
  it('A-146 who sees what before the result: the question its bidder and the committee; the finding the committee and the supervisor', () => {
    const play = priced();
    const e = bidderOf(play, 'E');
    carry(play, 'low', ask(e));
    answered(play, 'low', e, null);
    carry(play, 'found', unproven(e));
    const seenBy = (party: string | null, roles: LotState['parties'][string]['roles']) => {
      const seen = view(play.table.state, { party, roles });
      const [asked, found] = seen.motions.list;
      return [asked, found].map((motion) => (motion === undefined ? null : (contentOfMotion(seen, motion)?.kind ?? null)));
    };
    expect(seenBy(e, ['bidder'])).toEqual(['LOW_PRICE', null]);
    expect(seenBy(bidderOf(play, 'A'), ['bidder'])).toEqual([null, null]);
    expect(seenBy('supervisor', ['supervisor'])).toEqual(['LOW_PRICE', 'UNPROVEN']);
    const findings = (party: string | null, roles: LotState['parties'][string]['roles']) =>
      findingsOf(view(play.table.state, { party, roles })).length;
    expect([findings(e, ['bidder']), findings(null, []), findings('tenderer', ['tenderer']), findings(chairOf(play), ['expert'])]).toEqual([
      0, 0, 0, 1,
    ]);
  });
});

describe('a lot in which nothing is scored once prices are shown', () => {
  const LOWEST: LotPlan = {
    ...TV_E2E_02,
    id: 'lowest-evaluated',
    rules: { ...TV_E2E_02.rules, method: 'lowest-evaluated', price: { kind: 'lowest-evaluated-price' }, items: [] },
  };
  const ranking = ({ table }: Play) => table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' });

  it('waits for what the chair may propose about prices, or for his word that there is nothing more', () => {
    const play = at(LOWEST, 'reviewed');
    const [one = ''] = others(play);
    expect(owed(play, chairOf(play))).toEqual(['motions.close ']);
    expect(ranking(play)).toBe('E_STEP_BARRIER');
    expect(play.table.answer(one, 'motions.close')).toBe('FORBIDDEN');
    expect(proposed(play, 'low', { kind: 'LOW_PRICE', bidder: bidderOf(play, 'A'), reason: '报价偏低' })).toBe('OK');
    expect(play.table.answer(chairOf(play), 'motions.close')).toBe('OK');
    expect(play.table.answer(chairOf(play), 'motions.close')).toBe('E_ALREADY_DONE');
    expect(ranking(play)).toBe('E_STEP_BARRIER');
    ballot(play, 'low', 0);
    expect(ranking(play)).toBe('OK');
  });
  it('goes on when the time for it is over, a suspension not counted', () => {
    const play = at(LOWEST, 'reviewed');
    const [aggregation] = play.table.run.owed('node:main');
    play.table.act('agency', 'lot.suspend', { cause: 'OUTAGE', reason: '断电' });
    play.table.waitUntil(aggregation?.notBefore ?? '');
    play.table.act('agency', 'lot.resume', { reason: '恢复供电', deadline: null });
    expect(ranking(play)).toBe('E_STEP_BARRIER');
    play.table.waitUntil(play.table.run.owed('node:main')[0]?.notBefore ?? '');
    expect(ranking(play)).toBe('OK');
  });
  it('is not waited for where a part is scored after prices are shown', () => {
    const play = priced();
    scoreBids(play, 'commercial');
    expect(play.table.answer(chairOf(play), 'motions.close')).toBe('E_ALREADY_DONE');
    expect(ranking(play)).toBe('OK');
  });
});

describe('a member who leaves while something is open (条例 48)', () => {
  const leave = (play: Play, member: string): void => {
    play.table.act(member, 'committee.replace-member', { member, cause: 'LEFT', reason: '身体不适' });
  };
  /** The replacement sits, and the review is concluded again. */
  function reviewAgain(play: Play): void {
    contactExperts(play, 0);
    signInMember(play, 'expert-5');
    publishKeys(play);
    reviewBids(play, (member) => reviewSheet(play, member, ['D/qualification-1']));
  }
  const correction = (play: Play): JsonObject => ({ ...B_WORDS, bidder: bidderOf(play, 'B') });

  it('a question that lapses meanwhile rejects its bid, and ends no lot', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    carry(play, 'cor-1', correction(play));
    leave(play, 'expert-4');
    play.table.waitUntil(dueOf(play, 'cor-1'));
    play.table.act('node:main', 'motions.lapse', { motion: 'cor-1' });
    expect([play.table.state.status, play.table.state.review.concluded]).toEqual(['EVALUATING', null]);
    reviewAgain(play);
    expect(play.table.state.status).toBe('EVALUATING');
    // The member who left had voted on it: the vote of the one who replaces him says what the silence means.
    expect([outcomeOf(play, 'cor-1'), standingBidders(play.table.state).includes(b)]).toEqual([null, true]);
    expect(voted(play, 'cor-1', 'expert-5', true)).toBe('OK');
    expect([outcomeOf(play, 'cor-1'), standingBidders(play.table.state).includes(b)]).toEqual(['CARRIED', false]);
  });
  it('a question that nobody voted on stays as it is', () => {
    const play = at(LOW, 'half-scored');
    const c = bidderOf(play, 'C');
    expect(proposed(play, 'low', { kind: 'LOW_PRICE', bidder: c, reason: '报价明显偏低' })).toBe('OK');
    leave(play, 'expert-4');
    play.table.waitUntil(dueOf(play, 'low'));
    play.table.act('node:main', 'motions.lapse', { motion: 'low' });
    expect([play.table.state.status, outcomeOf(play, 'low')]).toEqual(['EVALUATING', 'CARRIED']);
  });
  it('what he voted on is open again and void; what the bidder answered stands, and is found anew', () => {
    const play = priced();
    const b = bidderOf(play, 'B');
    const g = bidderOf(play, 'G');
    carry(play, 'cor-1', correction(play));
    expect(answered(play, 'cor-1', b, true)).toBe('OK');
    carry(play, 'out', rejection(g));
    expect(findingsOf(play.table.state)).toHaveLength(2);
    leave(play, 'expert-4');
    expect(findingsOf(play.table.state)).toEqual([]);
    expect(['cor-1', 'out'].map((motion) => outcomeOf(play, motion))).toEqual([null, null]);
    reviewAgain(play);
    expect(owed(play, 'expert-5')).toEqual(expect.arrayContaining(['motions.vote cor-1', 'motions.vote out']));
    expect(owed(play, 'expert-1').filter((one) => one.startsWith('motions'))).toEqual([]);
    expect(voted(play, 'cor-1', 'expert-5', true)).toBe('OK');
    expect(voted(play, 'out', 'expert-5', false)).toBe('OK');
    expect(findingsOf(play.table.state)).toMatchObject([
      { bidder: b, outcome: 'CORRECTED', price: '9400000.00' },
      { bidder: g, outcome: 'REJECTED' },
    ]);
  });
  it('while no review is concluded nothing is counted: an end of the time to answer is a finding, and no end of the lot', () => {
    const play = priced();
    carry(play, 'cor-1', correction(play));
    const { state } = play.table;
    play.table.waitUntil(dueOf(play, 'cor-1'));
    const { command, context } = play.table.prepare('node:main', 'motions.lapse', { motion: 'cor-1' });
    const { id, type, step: named } = command;
    const asked = { id, type, step: named, payload: { motion: 'cor-1' }, party: 'node:main', key: null, roles: [] } as const;
    const open = { ...state, review: { ...state.review, concluded: null } };
    const rest = { secrets: {}, opened: {}, unseen: new Set<string>() };
    const decision = motionsCommands['motions.lapse'].decide(open, { ...asked, ...rest }, context, { purposes: () => [] });
    expect(decision.ok && decision.events.map((event) => event.type)).toEqual(['motions.lapsed', 'motions.found']);
  });
});
