import { ballotPurpose, heldSecurities } from '@app/evaluation';
import { bidderOf, type Play } from './cast.js';
import { publishKeys, releaseKeys } from './keepers.js';
import { admit } from './founding.js';
import { openBoxes, submitBox } from './evaluation.js';

export function publishCandidates(play: Play): void {
  play.table.act('agency', 'award.publish-candidates', { until: null });
  closePublicity(play);
}

/** Candidates published, and an objection to them upheld (条例 54): what leads the same committee back. */
export function upheld(play: Play): Play {
  const { table } = play;
  table.act('agency', 'award.publish-candidates', { until: null });
  table.act('bidder-1', 'award.object', {}, { secrets: { objection: { text: '评审有误' } } });
  const objection = table.state.award.objections.at(-1)?.id ?? '';
  table.act('tenderer', 'award.answer-objection', { objection, upheld: true }, { secrets: { answer: { text: '成立' } } });
  return play;
}

/** When its time is over. */
export function closePublicity({ table }: Play): void {
  table.waitUntil(table.state.award.publicity?.until ?? table.now);
  table.act('node:main', 'award.close-publicity');
}

export function decideAward(play: Play, letter: string): void {
  const desk = play.desks.find((known) => known.letter === letter);
  const winner = desk === undefined ? '?' : bidderOf(play, desk);
  play.table.act('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: '排名第一的中标候选人', passedOver: [] } } });
}

/** One round of the award committee, under keys of its own. */
export function voteAward(play: Play, members: readonly string[], choices: readonly (string | null)[]): void {
  submitVote(play, members, choices);
  openVote(play);
}

/** These members hand in their ballots. */
export function submitVote(play: Play, members: readonly string[], choices: readonly (string | null)[]): void {
  const { table } = play;
  const { round } = table.state.award.vote;
  publishKeys(play);
  members.forEach((member, index) => {
    const choice = play.desks.find((desk) => desk.letter === choices[index]);
    const ballot = { v: 1, choice: choice === undefined ? null : bidderOf(play, choice), reason: `第 ${index + 1} 位成员的理由` };
    submitBox(play, member, 'award.submit-ballot', ballotPurpose(table.state), ballot, { round });
  });
}

/** The round that waits for nobody is opened and counted. */
export function openVote(play: Play): void {
  const { round, boxes } = play.table.state.award.vote;
  releaseKeys(play);
  openBoxes(play, 'award.open-ballots', boxes, { round });
}

export function finish({ table }: Play): void {
  table.act('tenderer', 'award.announce');
  const price = table.state.award.announced?.price ?? '0';
  table.act('agency', 'award.record-contract', { hash: table.profile.hashHex('contract'), price, signedAt: table.now });
  for (const bidder of heldSecurities(table.state)) {
    table.act('agency', 'security.return', { bidder, interest: '0.00', returnedAt: table.now });
  }
  table.act('node:main', 'award.archive', { package: table.profile.hashHex('archive'), size: 1 });
}

/** From the accepted report to the award by vote: TV-AW-02, a run-off that E wins. */
export function voteOnAward(play: Play): void {
  const members = Array.from({ length: 7 }, (_, index) => `award-${index + 1}`);
  for (const member of members) admit(play, member, 'award-member', 'main');
  publishCandidates(play);
  play.table.act('tenderer', 'award.form-committee', { members });
  voteAward(play, members, ['B', 'B', 'B', 'E', 'E', 'E', 'C']);
  voteAward(play, members, ['B', 'B', 'B', 'E', 'E', 'E', 'E']);
}
