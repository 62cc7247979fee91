import type { JsonObject } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { aggregate, at, letterOf, type Play, scoreBids, signReport } from '@app/testing/play';
import { bidPriceOf, contentOfMotion, disclosed, findingsOf, isObject, type LotState, resultOf, standingBidders, view } from '../index.js';

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
/** The chair and as many others are for it as a majority of five takes. */
function carry(play: Play, motion: string, content: JsonObject): void {
  expect(proposed(play, motion, content)).toBe('OK');
  const [one, two] = others(play);
  for (const member of [one, two]) expect(voted(play, motion, member ?? '', true)).toBe('OK');
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
    const [one = '', two = '', three = ''] = others(play);
    expect(proposed(play, 'm-1', rejection(g), one)).toBe('FORBIDDEN');
    expect(proposed(play, 'm-1', { ...rejection(g), ground: 'UGLY' })).toBe('E_REASON_REQUIRED');
    expect(proposed(play, 'm-1', rejection('bidder-99'))).toBe('E_INPUT');
    expect(proposed(play, 'm-1', rejection(g))).toBe('OK');
    expect(proposed(play, 'm-1', rejection(g))).toBe('E_ALREADY_DONE');
    expect(proposed(play, 'm-2', rejection(g))).toBe('E_ALREADY_DONE');
    expect(owed(play, one)).toContain('motions.vote m-1');
    expect(owed(play, chairOf(play))).not.toContain('motions.vote m-1');
    expect(voted(play, 'm-1', one, false, '')).toBe('E_REASON_REQUIRED');
    expect(voted(play, 'm-1', one, false)).toBe('OK');
    expect(voted(play, 'm-1', one, true)).toBe('E_ALREADY_DONE');
    expect(voted(play, 'm-1', two, true)).toBe('OK');
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual([null, true]);
    expect(voted(play, 'm-1', three, true)).toBe('OK');
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
    for (const member of others(play).slice(0, 3)) expect(voted(play, 'm-1', member, false)).toBe('OK');
    expect([outcomeOf(play, 'm-1'), standingBidders(play.table.state).includes(g)]).toEqual(['LOST', true]);
  });
  it('A-138 while the committee has not decided, bids are not ranked', () => {
    const play = priced();
    expect(proposed(play, 'm-1', rejection(bidderOf(play, 'G')))).toBe('OK');
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(owed(play, 'node:main')).toEqual([]);
    for (const member of others(play).slice(0, 3)) voted(play, 'm-1', member, false);
    expect(owed(play, 'node:main')).toContain('scoring.aggregate ');
  });
  it('B-024 procurement: fewer than three bids after a rejection end the lot; tender law asks the committee whether they compete', () => {
    const gov = at(TV_E2E_02, 'reviewed');
    const content = { ...rejection(bidderOf(gov, 'A')), ground: 'OTHER_STATED' };
    expect(proposed(gov, 'm-1', content)).toBe('OK');
    for (const member of others(gov).slice(0, 3)) expect(voted(gov, 'm-1', member, true)).toBe('OK');
    expect(gov.table.state.status).toBe('LOT_FAILED');
    const play = priced();
    for (const [index, letter] of ['G', 'F', 'A', 'C'].entries()) carry(play, `m-${index}`, rejection(bidderOf(play, letter)));
    expect(owed(play, chairOf(play))).toContain('motions.propose NO_COMPETITION');
    scoreBids(play, 'commercial');
    expect(play.table.answer('node:main', 'scoring.aggregate', {}, { step: 'aggregate' })).toBe('E_STEP_BARRIER');
    expect(proposed(play, 'few', { kind: 'NO_COMPETITION', reason: '仍有竞争' })).toBe('OK');
    for (const member of others(play).slice(0, 3)) expect(voted(play, 'few', member, false, '两家报价差异合理，仍有竞争')).toBe('OK');
    aggregate(play);
    expect(resultOf(play.table.state)?.rows).toHaveLength(2);
  });
  it('a flawed tender document stops the evaluation, by vote (87号令 65)', () => {
    const play = at(TV_E2E_02, 'reviewed');
    expect(proposed(play, 'flaw', { kind: 'NO_COMPETITION', reason: 'no' })).toBe('E_INPUT');
    expect(proposed(play, 'flaw', { kind: 'DOCUMENT_FLAWED', place: '第 30 页', reason: '评审因素前后矛盾' })).toBe('OK');
    for (const member of others(play).slice(0, 3)) voted(play, 'flaw', member, true);
    expect(play.table.state.status).toBe('LOT_FAILED');
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
    for (const member of others(play).slice(0, 4)) expect(voted(play, 'found', member, false, '成本构成说明充分')).toBe('OK');
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
    for (const member of others(play).slice(0, 3)) expect(voted(play, 'found', member, true)).toBe('OK');
    expect(play.table.state.status).toBe('LOT_FAILED');
  });
  it('TV-LOW-02 A-148 tender law: no figure marks a price, the committee asks by its vote (12号令 21)', () => {
    const play = priced();
    const e = bidderOf(play, 'E');
    expect(owed(play, chairOf(play))).not.toContain(`motions.propose ${e}`);
    expect(proposed(play, 'low', ask(e))).toBe('OK');
    expect(outcomeOf(play, 'low')).toBeNull();
    const [one = '', two = ''] = others(play);
    voted(play, 'low', one, true);
    voted(play, 'low', two, true);
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
