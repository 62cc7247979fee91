import type { Context, JsonValue, LotEvent } from '@app/contracts';
import { membersOf } from '../committee/index.js';
import { bindingOf, failed, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { need } from '../kernel/need.js';
import { accept, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { openBoxes, readSheets, submitFault } from '../sealed-step/index.js';
import type { Of, zNothing } from '../kernel/fields.js';
import { zBallot } from './commands.js';
import { awardCommitteeSize, awarded } from './decision.js';
import { awardMethodOf } from './methods/index.js';
import { absentOf, ballotPurpose, isRoundFull } from './state.js';
import { ballotUntil, isSeparated, isVoted, priceOf, publishedCandidates, votableCandidates, type VoteTally } from './selectors.js';
import type * as commands from './commands.js';
import { ringOf } from '../keepers/index.js';

/**
 * 定标委员会: as the tender document plans, odd, at least five, nobody of the evaluation committee and nobody of a candidate; with those who
 * sit in for absent members, named before anybody votes (domain.md §8.3).
 */
export function formCommittee(state: LotState, asked: Of<typeof commands.zFormCommittee>, context: Context): Decision {
  const { members, substitutes = [] } = asked.payload;
  const all = [...members, ...substitutes];
  const { separationAllowed, thresholds } = ruleSetOf(state);
  if (!isSeparated(state)) return refuse('FORBIDDEN', 'the tender document gives the award to rank 1');
  if (!separationAllowed) return refuse('E_SEPARATION_NOT_ALLOWED', 'these rules give the award to rank 1');
  if (state.award.committee !== null) return refuse('E_ALREADY_DONE', 'the award committee is formed');
  if (new Set(all).size !== all.length) return refuse('E_INPUT', 'members: somebody is named twice');
  const stranger = all.find((party) => !hasRole(state, party, 'award-member'));
  if (stranger !== undefined) return refuse('E_INPUT', `members: ${stranger} is not admitted as a member of the award committee`);
  if (members.length < thresholds.awardCommitteeMin || members.length !== awardCommitteeSize(state)) {
    return refuse('E_COMMITTEE_SIZE', `the tender document plans ${awardCommitteeSize(state)} members`);
  }
  if (members.length % 2 === 0) return refuse('E_COMMITTEE_EVEN', 'an award committee has an odd number of members');
  const hit = all.find((party) => isConflicted(state, party));
  if (hit !== undefined) return refuse('E_RECUSAL_HIT', `${hit} sat in the evaluation committee or belongs to a candidate`);
  return accept([{ type: 'award.committee-formed', at: context.at, members, substitutes }]);
}

function isConflicted(state: LotState, party: string): boolean {
  const binding = bindingOf(state, party);
  if (binding === null) return false;
  const isEvaluator = membersOf(state).some(
    (member) => binding.person !== null && bindingOf(state, member)?.person?.id === binding.person.id,
  );
  const isCandidate = publishedCandidates(state).some(
    ({ bidder }) => binding.organisation !== null && bindingOf(state, bidder)?.organisation?.id === binding.organisation.id,
  );
  return isEvaluator || isCandidate;
}

/** A sealed ballot of the present round; the first that is accepted stands. */
export function submitBallot(state: LotState, asked: Of<typeof commands.zSubmitBallot>): Decision {
  const { committee, vote } = state.award;
  const { round, manifest } = asked.payload;
  if (committee?.includes(asked.party) !== true) return refuse('FORBIDDEN', 'you are not a member of the award committee');
  if (round !== vote.round) return refuse('WRONG_STEP', `the vote is in round ${vote.round}`);
  if (!isVoted(state)) return refuse('WRONG_STATE', 'one candidate alone is not voted on');
  if (vote.absent !== null) return refuse('E_DEADLINE_PASSED', 'the time of this round is over, and it is counted');
  const fault = submitFault(ringOf(state), ballotPurpose(state), { boxes: vote.boxes, opened: {} }, asked);
  if (fault !== null) return fault;
  return accept([{ type: 'award.ballot-submitted', member: asked.party, round, manifest }]);
}

/**
 * The time of a round is over: an absent member blocks nobody. The next substitutes sit in, in the order of the list, with a time of their
 * own; when there is none left and enough ballots are in, those are counted, by more than half of the *full* committee as ever; else nobody
 * opens them, and the committee is formed anew (domain.md §8.3).
 */
export function closeRound(state: LotState, _asked: Of<typeof zNothing>, { at }: Context): Decision {
  const { committee, substitutes, vote } = state.award;
  const until = ballotUntil(state);
  if (committee === null || until === null) return refuse('WRONG_STATE', 'no round with a time of its own is open');
  if (isRoundFull(state)) return refuse('E_ALREADY_DONE', 'this round waits for nobody');
  if (at < until) return refuse('E_TOO_EARLY', `members may vote until ${until}`);
  const { round } = vote;
  const absent = absentOf(state);
  if (substitutes.length > 0) {
    const replaced = absent.slice(0, substitutes.length).map((member, index) => ({ absent: member, substitute: need(substitutes[index]) }));
    return accept([{ type: 'award.members-substituted', at, round, replaced }]);
  }
  const { awardQuorum, awardTieRoundsMax } = ruleSetOf(state).thresholds;
  const quorum = awardQuorum === null ? committee.length : Math.ceil((committee.length * awardQuorum.num) / awardQuorum.den);
  if (committee.length - absent.length >= quorum) return accept([{ type: 'award.round-closed', at, round, absent }]);
  const voided: LotEvent = { type: 'award.round-void', at, round, absent };
  return roundsOf(state) < awardTieRoundsMax
    ? accept([voided])
    : accept([voided, failed(at, 'NO_AWARD_VALID', `too few members voted in the last of ${roundsOf(state)} rounds`)]);
}

/** Rounds of the present vote: after a pass-over another begins. */
const roundsOf = ({ award: { vote } }: LotState): number => vote.round - vote.since + 1;

/** All ballots at once. An invalid ballot counts as an abstention: it cannot be asked for again without showing the others. */
export function openBallots(state: LotState, asked: Of<typeof commands.zOpenBallots>, context: Context): Decision {
  const { vote, committee } = state.award;
  if (asked.payload.round !== vote.round) return refuse('WRONG_STEP', `the vote is in round ${vote.round}`);
  if (committee === null || !isRoundFull(state)) return refuse('E_STEP_BARRIER', 'a member still owes a ballot');
  if (!isVoted(state)) return refuse('WRONG_STATE', 'one candidate alone is not voted on');
  const opening = openBoxes(ringOf(state), vote.boxes, asked);
  if (!('verdicts' in opening)) return opening;
  const candidates = votableCandidates(state);
  const { verdicts, sheets } = readSheets(opening, (content) => {
    const ballot = zBallot.safeParse(content);
    return ballot.success && (ballot.data.choice === null || candidates.includes(ballot.data.choice)) ? ballot.data : null;
  });
  const ballots = committee.map((member) => own(sheets, member));
  const choices = ballots.map((ballot) => ballot?.choice ?? null);
  const reasons = ballots.flatMap((ballot) => (ballot === undefined ? [] : [`${ballot.choice ?? '-'}: ${ballot.reason}`]));
  return counted(state, { candidates, choices, verdicts, reasons }, context.at);
}

interface Count {
  readonly candidates: readonly string[];
  readonly choices: readonly (string | null)[];
  readonly verdicts: Readonly<Record<string, string>>;
  readonly reasons: readonly string[];
}

function counted(state: LotState, { candidates, choices, verdicts, reasons }: Count, at: string): Decision {
  const { vote, committee } = state.award;
  const { award } = tenderRulesOf(state);
  // An award committee was formed, so the method counts ballots.
  const { votes, outcome } = need(awardMethodOf(award).tally)(candidates, choices, committee?.length ?? 0);
  const abstentions = choices.filter((choice) => choice === null).length;
  const winner = 'winner' in outcome ? outcome.winner : null;
  const runOff = 'runOff' in outcome ? [...outcome.runOff] : [];
  const shown: VoteTally = { v: 1, round: vote.round, votes: { ...votes }, abstentions, winner, runOff };
  const derived: Record<string, JsonValue> = { tally: shown };
  const event = (result: string): LotEvent => ({ type: 'award.round-counted', round: vote.round, verdicts, outcome: result });
  if (winner !== null) {
    const name = own(state.opening.names, winner) ?? winner;
    const price = priceOf(state, winner) ?? '0';
    const decided = awarded({ v: 1, winner, name, price, method: award.kind, reason: reasonOf(reasons, winner), passedOver: [] }, at);
    return accept([event('WINNER'), decided.event], { ...derived, award: decided.derived });
  }
  const rounds = roundsOf(state);
  if (rounds >= ruleSetOf(state).thresholds.awardTieRoundsMax) {
    return accept(
      [event('EXHAUSTED'), failed(at, 'NO_AWARD_VALID', `no candidate had more than half of the votes in ${rounds} rounds`)],
      derived,
    );
  }
  return accept([event('RUN_OFF')], derived);
}

/** Reasons of those who voted for the winner, one a line, without names. */
const reasonOf = (reasons: readonly string[], winner: string): string =>
  reasons
    .filter((reason) => reason.startsWith(`${winner}: `))
    .map((reason) => reason.slice(winner.length + 2))
    .sort()
    .join('\n')
    .slice(0, 4_000);
