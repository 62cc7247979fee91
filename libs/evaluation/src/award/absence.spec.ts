import { describe, expect, it } from '@jest/globals';
import { type LotPlan, SEPARATED } from '@app/testing/lots';
import { admit, at, once, openVote, type Play, publishCandidates, publishKeys, submitVote, voteAward } from '@app/testing/play';
import { awardOf, ballotUntil, isOpenable, owed, votableCandidates } from '../index.js';

const MEMBERS = [1, 2, 3, 4, 5].map((index) => `award-${index}`);
const SPARE = ['award-6', 'award-7'];
const FIVE: LotPlan = { ...SEPARATED, rules: { ...SEPARATED.rules, award: { kind: 'direct-vote', members: 5 } } };
const ready = once(() => {
  const play = at(FIVE, 'reported');
  for (const member of [...MEMBERS, ...SPARE]) admit(play, member, 'award-member', 'main');
  publishCandidates(play);
  return play;
});
const seated = (substitutes: string[] = []): Play => {
  const play = ready();
  play.table.act('tenderer', 'award.form-committee', { members: MEMBERS, substitutes });
  publishKeys(play);
  return play;
};
const close = ({ table }: Play, party = 'node:main') => table.answer(party, 'award.close-round');
const expire = ({ table }: Play): void => {
  table.waitUntil(ballotUntil(table.state) ?? '');
};
const giveUp = ({ table }: Play, bidder: string) =>
  table.answer(bidder, 'award.give-up', { cause: 'GIVES_UP' }, { secrets: { statement: { text: '放弃' } } });

describe('C9 an absent member of the award committee (domain.md §8.3)', () => {
  it('C9 blocks nobody: when the recorded time is over those present are counted, by more than half of the full committee', () => {
    const play = seated();
    const { table } = play;
    submitVote(play, MEMBERS.slice(0, 4), ['B', 'B', 'B', 'E']);
    const until = ballotUntil(table.state);
    expect(owed(table.state, 'node:main')).toContainEqual(expect.objectContaining({ command: 'award.close-round', notBefore: until }));
    expect([close(play), isOpenable(table.state, 'ballots')]).toEqual(['E_TOO_EARLY', false]);
    expire(play);
    expect(close(play, 'award-1')).toBe('FORBIDDEN');
    expect(close(play)).toBe('OK');
    expect([table.state.award.vote.absent, isOpenable(table.state, 'ballots')]).toEqual([['award-5'], true]);
    expect(close(play)).toBe('E_ALREADY_DONE');
    expect(table.answer('award-5', 'award.submit-ballot', { round: 1, manifest: {} }, { secrets: { ciphertext: 'AA' } })).toBe(
      'E_DEADLINE_PASSED',
    );
    openVote(play);
    expect(awardOf(table.state)).toMatchObject({ winner: 'bidder-2' });
  });
  it('C9 two of four present are no majority of five', () => {
    const play = seated();
    submitVote(play, MEMBERS.slice(0, 4), ['B', 'B', 'E', 'C']);
    expire(play);
    expect(close(play)).toBe('OK');
    openVote(play);
    expect(play.table.state).toMatchObject({ status: 'AWARDING', award: { vote: { round: 2, absent: null } } });
  });
  it('C9 substitutes sit in first, in the order of the list that was fixed before the vote, with a time of their own', () => {
    const play = seated(SPARE);
    const { table } = play;
    submitVote(play, MEMBERS.slice(0, 4), ['B', 'B', 'E', 'E']);
    expire(play);
    expect(close(play, 'tenderer')).toBe('OK');
    expect(table.state.award).toMatchObject({
      committee: [...MEMBERS.slice(0, 4), 'award-6'],
      substitutes: ['award-7'],
      substituted: [{ absent: 'award-5', substitute: 'award-6', round: 1 }],
    });
    expect(close(play)).toBe('E_TOO_EARLY');
    expect(table.answer('award-5', 'award.submit-ballot', { round: 1, manifest: {} }, { secrets: { ciphertext: 'AA' } })).toBe('FORBIDDEN');
    submitVote(play, ['award-6'], ['B']);
    openVote(play);
    expect(awardOf(table.state)).toMatchObject({ winner: 'bidder-2' });
  });
  it('C9 without a quorum no ballot is opened: the committee is formed anew, and after three rounds the lot fails', () => {
    const play = seated();
    const { table } = play;
    submitVote(play, MEMBERS.slice(0, 3), ['B', 'B', 'B']);
    expire(play);
    expect(close(play)).toBe('OK');
    expect(table.state.award).toMatchObject({
      committee: null,
      vote: { round: 2 },
      rounds: [{ outcome: 'VOID', absent: ['award-4', 'award-5'] }],
    });
    expect(isOpenable(table.state, 'ballots')).toBe(false);
    for (const round of [2, 3]) {
      expect(table.state.award.vote.round).toBe(round);
      table.act('tenderer', 'award.form-committee', { members: MEMBERS });
      expire(play);
      expect(close(play)).toBe('OK');
    }
    expect(table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'NO_AWARD_VALID' } } });
  });
  it('C9 a substitute is of the committee’s kind and is named once', () => {
    const play = ready();
    const form = (substitutes: string[]) => play.table.answer('tenderer', 'award.form-committee', { members: MEMBERS, substitutes });
    expect(form(['award-1'])).toBe('E_INPUT');
    expect(form(['expert-1'])).toBe('E_INPUT');
    expect(form(SPARE)).toBe('OK');
  });
});

describe('C9 rounds and candidates of a vote', () => {
  it('C9 after a pass-over another vote begins: its run-offs are counted anew', () => {
    const play = seated();
    const { table } = play;
    voteAward(play, MEMBERS, ['B', 'B', 'E', 'E', 'C']);
    voteAward(play, MEMBERS, ['B', 'B', 'B', 'E', 'E']);
    table.act('tenderer', 'award.announce');
    expect(giveUp(play, 'bidder-2')).toBe('OK');
    table.act('tenderer', 'award.pass-over', { cause: 'GIVES_UP', reason: '放弃' });
    expect(votableCandidates(table.state)).toEqual(['bidder-3', 'bidder-5']);
    // The third round of all is the first of this vote; three of one vote are possible.
    voteAward(play, MEMBERS, ['C', 'C', 'E', 'E', null]);
    expect(table.state).toMatchObject({ status: 'AWARDING', award: { vote: { round: 4, since: 3 } } });
    voteAward(play, MEMBERS, ['C', 'C', 'E', 'E', null]);
    voteAward(play, MEMBERS, ['C', 'C', 'E', 'E', null]);
    expect(table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'NO_AWARD_VALID' } } });
  });
  it('C9 one candidate alone is not voted on: the tenderer decides, or tenders anew', () => {
    const play = seated();
    const { table } = play;
    const decide = (winner: string) =>
      table.answer('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: '仅余一名候选人', passedOver: [] } } });
    expect([giveUp(play, 'bidder-2'), decide('bidder-5')]).toEqual(['OK', 'FORBIDDEN']);
    expect(votableCandidates(table.state)).toEqual(['bidder-3', 'bidder-5']);
    expect(giveUp(play, 'bidder-3')).toBe('OK');
    expect(owed(table.state, 'award-1')).toEqual([]);
    expect(table.answer('award-1', 'award.submit-ballot', { round: 1, manifest: {} }, { secrets: { ciphertext: 'AA' } })).toBe(
      'WRONG_STATE',
    );
    expect(decide('bidder-3')).toBe('E_INPUT');
    expect(decide('bidder-5')).toBe('OK');
  });
  it('C9 a run-off that one candidate leaves is a vote among all who stand', () => {
    const play = seated();
    voteAward(play, MEMBERS, ['B', 'B', 'E', 'E', 'C']);
    expect(votableCandidates(play.table.state)).toEqual(['bidder-2', 'bidder-5']);
    expect(giveUp(play, 'bidder-5')).toBe('OK');
    expect(votableCandidates(play.table.state)).toEqual(['bidder-2', 'bidder-3']);
  });
});
