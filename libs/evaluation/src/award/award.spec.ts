import { describe, expect, it } from '@jest/globals';
import { letterOf } from '../../test/evaluation-lot.js';
import { once, playBallots, playGov, playTender } from '../../test/scripts.js';
import type { LotPlayer } from '../../test/lot-player.js';
import { awardOf, candidatesOf, disclosed, disclosedAll, resolveRuleSet, resultOf, votableCandidates } from '../index.js';

const accepted = once(() => playTender());
const published = once(() => accepted().do('agency', 'award.publish-candidates', { until: null }));
const closed = once(() => {
  const lot = published();
  lot.now += 3_000;
  return lot.do('agency', 'award.close-publicity');
});
const objection = { secrets: { objection: { text: 'our price was misread' } } };
const answer = { secrets: { answer: { text: 'it was not' } } };
const decide = (lot: LotPlayer, winner: string, passedOver: object[] = [], party = 'tenderer') =>
  lot.code(party, 'award.decide', {}, { secrets: { decision: { winner, reason: 'by rank', passedOver: passedOver as never } } });

describe('the result that an award rests on', () => {
  it('TV-E2E-01 A-144 A-145 A-148 has benchmark, deviations, scores and totals to the cent', () => {
    const { state } = accepted();
    expect(resultOf(state)?.benchmark).toMatchObject({ price: '9210150.00', mean: '9495000.00' });
    const rows = resultOf(state)?.rows.map((row) => [
      letterOf(row.party),
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
    const lot = accepted();
    expect(lot.code('bidder-1', 'award.publish-candidates', { until: null })).toBe('FORBIDDEN');
    const soon = new Date(lot.now + 500).toISOString();
    expect(lot.code('agency', 'award.publish-candidates', { until: soon })).toBe('E_PUBLICITY_SHORT');
    lot.do('agency', 'award.publish-candidates', { until: null });
    expect(lot.state.award.publicity).toMatchObject({ late: false, candidates: [{ rank: 1 }, { rank: 2 }, { rank: 3 }] });
    expect(lot.code('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
  });
  it('a publicity that comes too late is marked, not stopped', () => {
    const lot = accepted();
    lot.now += 61_000;
    lot.do('agency', 'award.publish-candidates', { until: null });
    expect(lot.state.award.publicity?.late).toBe(true);
  });
  it('B-028 does not close before its time', () => {
    const lot = published();
    expect(lot.code('agency', 'award.close-publicity')).toBe('E_PUBLICITY_SHORT');
    lot.now += 2_000;
    expect(lot.code('bidder-1', 'award.close-publicity')).toBe('FORBIDDEN');
    expect(lot.code('node:main', 'award.close-publicity')).toBe('OK');
  });
  it('A-195 A-196 B-030 B-031 an objection in time pauses the procedure until it is answered', () => {
    const lot = published();
    const id = lot.newId();
    expect(lot.code('expert-1', 'award.object', {}, objection)).toBe('FORBIDDEN');
    expect(lot.code('bidder-1', 'award.object', {})).toBe('E_INPUT');
    lot.do('bidder-1', 'award.object', {}, { ...objection, id });
    lot.now += 3_000;
    expect(lot.code('bidder-5', 'award.object', {}, objection)).toBe('E_DEADLINE_PASSED');
    expect(lot.code('agency', 'award.close-publicity')).toBe('E_OBJECTION_OPEN');
    expect(lot.code('tenderer', 'award.answer-objection', { objection: lot.newId(), upheld: false }, answer)).toBe('E_INPUT');
    lot.do('tenderer', 'award.answer-objection', { objection: id, upheld: false }, answer);
    expect(lot.code('tenderer', 'award.answer-objection', { objection: id, upheld: false }, answer)).toBe('E_ALREADY_DONE');
    expect(lot.state.award.objections[0]?.answered).toMatchObject({ late: false, upheld: false });
    expect(lot.code('agency', 'award.close-publicity')).toBe('OK');
  });
  it('A-199 an upheld objection leads back to the evaluation; a late answer is marked', () => {
    const lot = published();
    const id = lot.newId();
    lot.do('bidder-1', 'award.object', {}, { ...objection, id });
    lot.now += 31_000;
    lot.do('tenderer', 'award.answer-objection', { objection: id, upheld: true }, answer);
    expect(lot.state.award.objections[0]?.answered).toMatchObject({ late: true, upheld: true });
    expect(lot.code('agency', 'award.close-publicity')).toBe('E_OBJECTION_OPEN');
    lot.do('tenderer', 'lot.re-evaluate', { ground: 'OBJECTION_UPHELD', reason: 'price misread' });
    expect(lot.state.status).toBe('RE_EVALUATION');
  });
});

describe('award by rank (条例 55)', () => {
  it('A-166 A-168 B-027 goes to rank 1, decided by the tenderer when the publicity is over', () => {
    expect(decide(published(), 'bidder-2')).toBe('WRONG_STATE');
    const lot = closed();
    expect(decide(lot, 'bidder-2', [], 'agency')).toBe('FORBIDDEN');
    expect(decide(lot, 'bidder-1')).toBe('E_INPUT');
    expect(decide(lot, 'bidder-5')).toBe('E_REASON_REQUIRED');
    expect(decide(lot, 'bidder-2', [{ bidder: 'bidder-5', cause: 'GIVES_UP', reason: 'x' }])).toBe('E_INPUT');
    expect(decide(lot, 'bidder-2')).toBe('OK');
    expect(decide(lot, 'bidder-2')).toBe('WRONG_STATE');
  });
  it('B-027 passes over a better rank only for a legal cause', () => {
    const lot = closed();
    expect(decide(lot, 'bidder-5', [{ bidder: 'bidder-2', cause: 'GIVES_UP', reason: 'withdrew' }])).toBe('OK');
    expect(awardOf(lot.state)).toMatchObject({ winner: 'bidder-5', passedOver: [{ bidder: 'bidder-2', cause: 'GIVES_UP' }] });
  });
  it('a winner who gives up after the decision is passed over and can not be chosen again', () => {
    const lot = closed();
    decide(lot, 'bidder-2');
    lot.do('tenderer', 'award.announce').do('tenderer', 'award.pass-over', { cause: 'NO_PERFORMANCE_SECURITY', reason: 'none given' });
    expect(lot.state).toMatchObject({ status: 'AWARDING', award: { decided: null, announced: null } });
    expect(decide(lot, 'bidder-2')).toBe('E_INPUT');
    expect(decide(lot, 'bidder-5')).toBe('OK');
  });
});

describe('result', () => {
  const awarded = once(() => {
    const lot = closed();
    decide(lot, 'bidder-2');
    return lot;
  });
  it('A-169 A-170 A-171 tells winner and all others in one entry, losers their score, rank and reasons (招标投标法 45)', () => {
    const lot = awarded();
    expect(lot.code('bidder-2', 'award.announce')).toBe('FORBIDDEN');
    lot.do('tenderer', 'award.announce');
    const seq = lot.state.award.announced!.seq;
    expect(disclosed(lot.state, seq, 'd:notice:bidder-2')).toMatchObject({ kind: 'AWARD_NOTICE', price: '9480000.00' });
    expect(disclosed(lot.state, seq, 'd:notice:bidder-1')).toMatchObject({ kind: 'RESULT_NOTICE', own: { total: '87.95', rank: 6 } });
    expect(disclosed(lot.state, seq, 'd:notice:bidder-4')).toMatchObject({ own: null, rejected: { grounds: ['UNQUALIFIED'] } });
    expect(lot.code('tenderer', 'award.announce')).toBe('E_ALREADY_DONE');
  });
  it('招标投标法 46 the contract has the bid’s price and comes after the notice; a late one is marked', () => {
    const lot = awarded();
    const contract = (price: string, signedAt: number) =>
      lot.code('tenderer', 'award.record-contract', { hash: 'a'.repeat(64), price, signedAt: new Date(signedAt).toISOString() });
    expect(contract('9480000', lot.now)).toBe('WRONG_STATE');
    lot.do('tenderer', 'award.announce');
    expect(contract('9480001', lot.now)).toBe('E_INPUT');
    expect(contract('9480000', lot.now - 60_000)).toBe('E_INPUT');
    expect(contract('9480000', lot.now + 60_000)).toBe('E_INPUT');
    lot.now += 121_000;
    expect(contract('9480000.00', lot.now)).toBe('OK');
    expect(lot.state).toMatchObject({ status: 'CONTRACTED', award: { contract: { late: true } } });
  });
  it('A-200 is archived after the contract, once', () => {
    const lot = awarded().do('tenderer', 'award.announce');
    const archive = (party: string) => lot.code(party, 'award.archive', { package: 'b'.repeat(64), size: 10 });
    expect(archive('agency')).toBe('WRONG_STATE');
    lot.do('tenderer', 'award.record-contract', { hash: 'a'.repeat(64), price: '9480000', signedAt: new Date(lot.now).toISOString() });
    expect(archive('bidder-1')).toBe('FORBIDDEN');
    expect(archive('agency')).toBe('OK');
    expect(archive('agency')).toBe('WRONG_STATE');
  });
  it('TV-E2E-02 B-032 gov: the dearest supplier wins without candidate publicity; a challenge (质疑) has its limit after the announcement', () => {
    const lot = playGov();
    expect(candidatesOf(lot.state).map((row) => [letterOf(row.party), row.total])).toEqual([
      ['C', '90.63'],
      ['A', '89.21'],
      ['B', '86.43'],
    ]);
    expect(lot.code('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
    expect(decide(lot, 'bidder-3')).toBe('OK');
    expect(lot.code('bidder-1', 'award.object', {}, objection)).toBe('WRONG_STATE');
    lot.do('tenderer', 'award.announce').do('bidder-1', 'award.object', {}, objection);
    lot.now += 31_000;
    expect(lot.code('bidder-2', 'award.object', {}, objection)).toBe('E_DEADLINE_PASSED');
    const contract = { hash: 'a'.repeat(64), price: '1200000', signedAt: new Date(lot.now).toISOString() };
    expect(lot.code('tenderer', 'award.record-contract', contract)).toBe('E_OBJECTION_OPEN');
  });
});

describe('separation of evaluation and award (评定分离)', () => {
  const SEPARATE = { award: { kind: 'direct-vote' as const, members: 5 } };
  const MEMBERS = [1, 2, 3, 4, 5].map((index) => `award-${index}`);
  const chosen = once(() => playTender(SEPARATE));
  const unranked = once(() => chosen().do('agency', 'award.publish-candidates', { until: null }));
  const voting = once(() => {
    const lot = unranked().do('tenderer', 'award.form-committee', { members: MEMBERS });
    lot.now += 3_000;
    return lot.do('agency', 'award.close-publicity');
  });
  it('publishes the same three candidates without order, only where the rules of the place allow it', () => {
    expect(unranked().state.award.publicity?.candidates.map(({ bidder, rank, total }) => [bidder, rank, total])).toEqual([
      ['bidder-2', null, null],
      ['bidder-3', null, null],
      ['bidder-5', null, null],
    ]);
    const lot = chosen();
    lot.state = { ...lot.state, setup: { ...lot.state.setup, ruleSet: resolveRuleSet('TENDER_LAW', 'CN', '2026-11-22') } };
    expect(lot.code('agency', 'award.publish-candidates', { until: null })).toBe('E_SEPARATION_NOT_ALLOWED');
  });
  it('the award committee is odd, at least five, as planned, and apart from the evaluation', () => {
    const lot = unranked();
    const form = (members: string[], party = 'tenderer') => lot.code(party, 'award.form-committee', { members });
    expect(form(MEMBERS, 'agency')).toBe('FORBIDDEN');
    expect(form(MEMBERS.slice(0, 3))).toBe('E_COMMITTEE_SIZE');
    expect(form([...MEMBERS.slice(0, 4), 'expert-1'])).toBe('E_INPUT');
    expect(form([...MEMBERS.slice(0, 4), 'award-1'])).toBe('E_INPUT');
    expect(form(MEMBERS)).toBe('OK');
    expect(form(MEMBERS)).toBe('E_ALREADY_DONE');
    expect(
      accepted().do('agency', 'award.publish-candidates', { until: null }).code('tenderer', 'award.form-committee', { members: MEMBERS }),
    ).toBe('FORBIDDEN');
  });
  it('A-168 more than half of the committee decides, with the reasons given', () => {
    const lot = voting();
    expect(decide(lot, 'bidder-2')).toBe('FORBIDDEN');
    playBallots(lot, ['bidder-5', 'bidder-5', 'bidder-2', 'bidder-5', 'bidder-3']);
    expect(lot.state.status).toBe('AWARDED');
    expect(awardOf(lot.state)).toMatchObject({
      winner: 'bidder-5',
      price: '9050000.00',
      method: 'direct-vote',
      reason: 'reason 0\nreason 1\nreason 3',
    });
  });
  it('TV-AW-02 A-168 without a majority the two highest go to a run-off under new keys', () => {
    const lot = voting();
    playBallots(lot, ['bidder-2', 'bidder-2', 'bidder-5', 'bidder-5', 'bidder-3']);
    expect(lot.state).toMatchObject({ status: 'AWARDING', award: { vote: { round: 2 }, rounds: [{ outcome: 'RUN_OFF' }] } });
    expect(votableCandidates(lot.state)).toEqual(['bidder-2', 'bidder-5']);
    expect(disclosedAll(lot.state, 'd:tally').at(-1)?.value).toMatchObject({ votes: { 'bidder-2': 2, 'bidder-3': 1, 'bidder-5': 2 } });
    playBallots(lot, ['bidder-2', 'bidder-5', 'bidder-5', 'bidder-5', 'bidder-3']);
    expect(awardOf(lot.state)?.winner).toBe('bidder-5');
    expect(lot.state.award.vote.verdicts['award-5']).toBe('INVALID_SHEET');
    expect(Object.keys(lot.state.keepers.released)).toContain('ballots:2');
  });
  it('a ballot is sealed, one a member and round, and opened when all are in', () => {
    const lot = voting().publishKeys('ballots');
    const ballot = { v: 1, choice: 'bidder-2', reason: 'best plan' };
    const box = lot.seal('award-1', 'ballots', ballot);
    const secrets = { ciphertext: box.ciphertext };
    const cast = (party: string, round = 1) => lot.code(party, 'award.submit-ballot', { round, manifest: box.manifest }, { secrets });
    expect(cast('expert-1')).toBe('FORBIDDEN');
    expect(cast('award-2')).toBe('E_BOX_INVALID');
    expect(cast('award-1', 2)).toBe('WRONG_STEP');
    expect(cast('award-1')).toBe('OK');
    expect(cast('award-1')).toBe('E_ALREADY_DONE');
    expect(lot.code('node:main', 'award.open-ballots', { round: 1 }, { secrets: { masters: {} } })).toBe('E_STEP_BARRIER');
    expect(lot.code('node:main', 'award.open-ballots', { round: 2 }, { secrets: { masters: {} } })).toBe('WRONG_STEP');
  });
  it('a vote that never finds a majority ends the lot (NO_AWARD_VALID)', () => {
    const lot = voting();
    for (let round = 0; round < 3; round++) playBallots(lot, ['bidder-2', 'bidder-2', 'bidder-5', 'bidder-5', null]);
    expect(lot.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'NO_AWARD_VALID' } } });
  });
});
