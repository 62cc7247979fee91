import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@app/contracts';
import { type LotPlan, SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { admit, at, closePublicity, letterOf, once, type Play, publishKeys, sealAt, voteAward } from '@app/testing/play';
import { awardOf, candidatesOf, disclosed, disclosedAll, resultOf, votableCandidates } from '../index.js';

const DAY = 24 * 3_600;
const accepted = (): Play => at(TV_E2E_01, 'reported');
const publish = (play: Play): Play => {
  play.table.act('agency', 'award.publish-candidates', { until: null });
  return play;
};
const close = (play: Play): Play => {
  closePublicity(play);
  return play;
};
const published = once(() => publish(accepted()));
const closed = once(() => close(published()));
const objection = { secrets: { objection: { text: 'our price was misread' } } };
const answer = { secrets: { answer: { text: 'it was not' } } };
const after = ({ table }: Play, seconds: number): string => new Date(Date.parse(table.now) + seconds * 1_000).toISOString();
const decide = ({ table }: Play, winner: string, passedOver: JsonValue[] = [], party = 'tenderer') =>
  table.answer(party, 'award.decide', {}, { secrets: { decision: { winner, reason: 'by rank', passedOver } } });

describe('the result that an award rests on', () => {
  it('TV-E2E-01 A-144 A-145 A-148 has benchmark, deviations, scores and totals to the cent', () => {
    const play = accepted();
    const { state } = play.table;
    expect(resultOf(state)?.benchmark).toMatchObject({ price: '9210150.00', mean: '9495000.00' });
    const rows = resultOf(state)?.rows.map((row) => [
      letterOf(play, row.party),
      row.parts['technical']?.score,
      row.beta,
      row.priceScore,
      row.total,
    ]);
    expect(rows).toEqual([
      ['B', '26.80', '2.93', '57.07', '92.87'],
      ['E', '25.40', '-1.74', '59.13', '91.53'],
      ['C', '22.40', '1.52', '58.48', '90.88'],
      ['G', '25.60', '3.47', '56.53', '90.13'],
      ['F', '27.60', '7.27', '52.73', '89.33'],
      ['A', '24.40', '4.45', '55.55', '87.95'],
    ]);
  });
});

describe('candidate publicity (条例 54)', () => {
  it('A-163 A-164 B-026 B-028 publishes three ranked candidates for the shortest lawful time or longer', () => {
    const play = accepted();
    const { table } = play;
    expect(table.answer('bidder-1', 'award.publish-candidates', { until: null })).toBe('FORBIDDEN');
    const soon = after(play, DAY);
    expect(table.answer('agency', 'award.publish-candidates', { until: soon })).toBe('E_PUBLICITY_SHORT');
    table.act('agency', 'award.publish-candidates', { until: null });
    expect(table.state.award.publicity).toMatchObject({ late: false, candidates: [{ rank: 1 }, { rank: 2 }, { rank: 3 }] });
    expect(table.answer('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
  });
  it('a publicity that comes too late is marked, not stopped', () => {
    const play = accepted();
    const { table } = play;
    table.pass(6 * DAY);
    table.act('agency', 'award.publish-candidates', { until: null });
    expect(table.state.award.publicity?.late).toBe(true);
  });
  it('B-028 does not close before its time', () => {
    const play = published();
    const { table } = play;
    expect(table.answer('agency', 'award.close-publicity')).toBe('E_PUBLICITY_SHORT');
    table.waitUntil(table.state.award.publicity?.until ?? '');
    expect(table.answer('bidder-1', 'award.close-publicity')).toBe('FORBIDDEN');
    expect(table.answer('node:main', 'award.close-publicity')).toBe('OK');
  });
  it('A-195 A-196 B-030 B-031 an objection in time pauses the procedure until it is answered', () => {
    const play = published();
    const { table } = play;
    table.pass(2 * DAY);
    expect(table.answer('expert-1', 'award.object', {}, objection)).toBe('FORBIDDEN');
    expect(table.answer('bidder-1', 'award.object', {})).toBe('E_INPUT');
    table.act('bidder-1', 'award.object', {}, objection);
    const id = table.state.award.objections[0]?.id ?? '';
    table.waitUntil(table.state.award.publicity?.until ?? '');
    expect(table.answer('bidder-5', 'award.object', {}, objection)).toBe('E_DEADLINE_PASSED');
    expect(table.answer('agency', 'award.close-publicity')).toBe('E_OBJECTION_OPEN');
    expect(table.answer('tenderer', 'award.answer-objection', { objection: table.newId(), upheld: false }, answer)).toBe('E_INPUT');
    table.act('tenderer', 'award.answer-objection', { objection: id, upheld: false }, answer);
    expect(table.answer('tenderer', 'award.answer-objection', { objection: id, upheld: false }, answer)).toBe('E_ALREADY_DONE');
    expect(table.state.award.objections[0]?.answered).toMatchObject({ late: false, upheld: false });
    expect(table.answer('agency', 'award.close-publicity')).toBe('OK');
  });
  it('A-199 an upheld objection leads back to the evaluation; a late answer is marked', () => {
    const play = published();
    const { table } = play;
    table.act('bidder-1', 'award.object', {}, objection);
    const id = table.state.award.objections[0]?.id ?? '';
    table.pass(10 * DAY);
    table.act('tenderer', 'award.answer-objection', { objection: id, upheld: true }, answer);
    expect(table.state.award.objections[0]?.answered).toMatchObject({ late: true, upheld: true });
    expect(table.answer('agency', 'award.close-publicity')).toBe('E_OBJECTION_OPEN');
    expect(table.refusal('tenderer', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: 'price misread' })).toBe('FORBIDDEN');
    table.act('supervisor', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: 'price misread' });
    expect(table.state.status).toBe('RE_EVALUATION');
  });
});

describe('award by rank (条例 55)', () => {
  it('A-166 A-168 B-027 goes to rank 1, decided by the tenderer when the publicity is over', () => {
    expect(decide(published(), 'bidder-2')).toBe('WRONG_STATE');
    const play = closed();
    expect(decide(play, 'bidder-2', [], 'agency')).toBe('FORBIDDEN');
    expect(decide(play, 'bidder-1')).toBe('E_INPUT');
    expect(decide(play, 'bidder-5')).toBe('E_REASON_REQUIRED');
    expect(decide(play, 'bidder-2', [{ bidder: 'bidder-5', cause: 'GIVES_UP', reason: 'x' }])).toBe('E_INPUT');
    expect(decide(play, 'bidder-2')).toBe('OK');
    expect(decide(play, 'bidder-2')).toBe('WRONG_STATE');
  });
});

describe('result', () => {
  const awarded = once(() => {
    const play = closed();
    decide(play, 'bidder-2');
    return play;
  });
  it('A-169 A-170 A-171 tells winner and all others in one entry, losers their score, rank and reasons (招标投标法 45)', () => {
    const play = awarded();
    const { table } = play;
    expect(table.answer('bidder-2', 'award.announce')).toBe('FORBIDDEN');
    table.act('tenderer', 'award.announce');
    const seq = table.state.award.announced!.seq;
    expect(disclosed(table.state, seq, 'd:notice:bidder-2')).toMatchObject({ kind: 'AWARD_NOTICE', price: '9480000.00' });
    expect(disclosed(table.state, seq, 'd:notice:bidder-1')).toMatchObject({ kind: 'RESULT_NOTICE', own: { total: '87.95', rank: 6 } });
    expect(disclosed(table.state, seq, 'd:notice:bidder-4')).toMatchObject({ own: null, rejected: { grounds: ['NOT_RESPONSIVE'] } });
    expect(table.answer('tenderer', 'award.announce')).toBe('E_ALREADY_DONE');
  });
  it('招标投标法 46 the contract has the bid’s price and comes after the notice; a late one is marked', () => {
    const play = awarded();
    const { table } = play;
    const contract = (price: string, seconds = 0) =>
      table.answer('tenderer', 'award.record-contract', { hash: 'a'.repeat(64), price, signedAt: after(play, seconds) });
    expect(contract('9480000')).toBe('WRONG_STATE');
    table.act('tenderer', 'award.announce');
    expect(contract('9480001')).toBe('E_INPUT');
    expect(contract('9480000.000')).toBe('E_INPUT');
    expect(contract('9480000', -60)).toBe('E_INPUT');
    expect(contract('9480000', 60)).toBe('E_INPUT');
    table.pass(40 * DAY);
    expect(contract('9480000.00')).toBe('OK');
    expect(table.state).toMatchObject({ status: 'CONTRACTED', award: { contract: { late: true } } });
  });
  it('A-200 is archived after the contract, once', () => {
    const play = awarded();
    const { table } = play;
    table.act('tenderer', 'award.announce');
    const archive = (party: string) => table.answer(party, 'award.archive', { package: 'b'.repeat(64), size: 10 });
    expect(archive('agency')).toBe('WRONG_STATE');
    table.act('tenderer', 'award.record-contract', { hash: 'a'.repeat(64), price: '9480000', signedAt: table.now });
    expect(archive('bidder-1')).toBe('FORBIDDEN');
    expect(archive('agency')).toBe('OK');
    expect(archive('agency')).toBe('WRONG_STATE');
  });
  it('TV-E2E-02 gov: the dearest supplier wins without candidate publicity; a challenge (质疑) comes after the announcement', () => {
    const play = at(TV_E2E_02, 'reported');
    const { table } = play;
    expect(candidatesOf(table.state).map((row) => [letterOf(play, row.party), row.total])).toEqual([
      ['C', '90.63'],
      ['A', '89.21'],
      ['B', '86.43'],
    ]);
    expect(table.answer('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
    expect(decide(play, 'bidder-3')).toBe('OK');
    expect(table.answer('bidder-1', 'award.object', {}, objection)).toBe('WRONG_STATE');
    table.act('tenderer', 'award.announce');
    table.act('bidder-1', 'award.object', {}, objection);
    table.pass(30 * DAY);
    expect(table.answer('bidder-2', 'award.object', {}, objection)).toBe('E_DEADLINE_PASSED');
    const contract = { hash: 'a'.repeat(64), price: '1200000', signedAt: table.now };
    expect(table.answer('tenderer', 'award.record-contract', contract)).toBe('E_OBJECTION_OPEN');
  });
});

describe('separation of evaluation and award (评定分离)', () => {
  const MEMBERS = [1, 2, 3, 4, 5].map((index) => `award-${index}`);
  const FIVE: LotPlan = { ...SEPARATED, rules: { ...SEPARATED.rules, award: { kind: 'direct-vote', members: 5 } } };
  const unranked = once(() => {
    const play = publish(at(FIVE, 'reported'));
    for (const member of MEMBERS) admit(play, member, 'award-member', 'main');
    return play;
  });
  const voting = once(() => {
    const play = unranked();
    play.table.act('tenderer', 'award.form-committee', { members: MEMBERS });
    closePublicity(play);
    publishKeys(play);
    return play;
  });
  it('publishes the same three candidates without order', () => {
    expect(unranked().table.state.award.publicity?.candidates.map(({ bidder, rank, total }) => [bidder, rank, total])).toEqual([
      ['bidder-2', null, null],
      ['bidder-3', null, null],
      ['bidder-5', null, null],
    ]);
  });
  it('the award committee is odd, at least five, as planned, and apart from the evaluation', () => {
    const play = unranked();
    const { table } = play;
    const form = (members: string[], party = 'tenderer') => table.answer(party, 'award.form-committee', { members });
    expect(form(MEMBERS, 'agency')).toBe('FORBIDDEN');
    expect(form(MEMBERS.slice(0, 3))).toBe('E_COMMITTEE_SIZE');
    expect(form([...MEMBERS.slice(0, 4), 'expert-1'])).toBe('E_INPUT');
    expect(form([...MEMBERS.slice(0, 4), 'award-1'])).toBe('E_INPUT');
    expect(form(MEMBERS)).toBe('OK');
    expect(form(MEMBERS)).toBe('E_ALREADY_DONE');
    expect(published().table.answer('tenderer', 'award.form-committee', { members: MEMBERS })).toBe('FORBIDDEN');
  });
  it('A-168 more than half of the committee decides, with the reasons given', () => {
    const play = voting();
    const { table } = play;
    expect(decide(play, 'bidder-2')).toBe('FORBIDDEN');
    voteAward(play, MEMBERS, ['E', 'E', 'B', 'E', 'C']);
    expect(table.state.status).toBe('AWARDED');
    expect(awardOf(table.state)).toMatchObject({
      winner: 'bidder-5',
      price: '9050000.00',
      method: 'direct-vote',
      reason: '第 1 位成员的理由\n第 2 位成员的理由\n第 4 位成员的理由',
    });
  });
  it('TV-AW-02 A-168 without a majority the two highest go to a run-off under new keys', () => {
    const play = voting();
    const { table } = play;
    voteAward(play, MEMBERS, ['B', 'B', 'E', 'E', 'C']);
    expect(table.state).toMatchObject({ status: 'AWARDING', award: { vote: { round: 2 }, rounds: [{ outcome: 'RUN_OFF' }] } });
    expect(votableCandidates(table.state)).toEqual(['bidder-2', 'bidder-5']);
    expect(disclosedAll(table.state, 'd:tally').at(-1)?.value).toMatchObject({ votes: { 'bidder-2': 2, 'bidder-3': 1, 'bidder-5': 2 } });
    voteAward(play, MEMBERS, ['B', 'E', 'E', 'E', 'C']);
    expect(awardOf(table.state)?.winner).toBe('bidder-5');
    expect(table.state.award.vote.verdicts['award-5']).toBe('INVALID_SHEET');
    expect(Object.keys(table.state.keepers.released)).toContain('ballots:2');
  });
  it('a ballot is sealed, one a member and round, and opened when all are in', () => {
    const play = voting();
    const { table } = play;
    const ballot = { v: 1, choice: 'bidder-2', reason: 'best plan' };
    const box = sealAt(play, 'award-1', 'ballots', ballot);
    const secrets = { ciphertext: box.ciphertext };
    const cast = (party: string, round = 1) => table.answer(party, 'award.submit-ballot', { round, manifest: box.manifest }, { secrets });
    expect(cast('expert-1')).toBe('FORBIDDEN');
    expect(cast('award-2')).toBe('E_BOX_INVALID');
    expect(cast('award-1', 2)).toBe('WRONG_STEP');
    expect(cast('award-1')).toBe('OK');
    expect(cast('award-1')).toBe('E_ALREADY_DONE');
    expect(table.answer('node:main', 'award.open-ballots', { round: 1 }, { secrets: { masters: {} } })).toBe('E_STEP_BARRIER');
    expect(table.answer('node:main', 'award.open-ballots', { round: 2 }, { secrets: { masters: {} } })).toBe('WRONG_STEP');
  });
  it('a vote that never finds a majority ends the lot (NO_AWARD_VALID)', () => {
    const play = voting();
    const { table } = play;
    for (let round = 0; round < 3; round++) voteAward(play, MEMBERS, ['B', 'B', 'E', 'E', null]);
    expect(table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'NO_AWARD_VALID' } } });
  });
});
