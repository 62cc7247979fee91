import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { answerDue, isAsking, isVotingTime, owingVotes, priceWindowEnd, proposalsDue, voteDue } from './selectors.js';

/** The chair proposes what the ranking waits for, members vote, the bidder answers, and the node notes who did not in time. */
export function motionsDuties(state: LotState, party: string): Duty[] {
  const waiting = waitingAnswers(state);
  const votings = isVotingTime(state) ? state.motions.list.filter((motion) => owingVotes(state, motion).length > 0) : [];
  if (party === MAIN_NODE)
    return [
      ...waiting.map(({ id, dueAt }) => duty('motions.lapse', id, dueAt)),
      ...votings.map((motion) => duty('motions.tally', motion.id, voteDue(state, motion))),
    ];
  const answers = waiting.filter(({ bidder }) => bidder === party).map(({ id, dueAt }) => duty('motions.answer', id, null, dueAt));
  if (!isVotingTime(state)) return answers;
  const votes = votings
    .filter((motion) => owingVotes(state, motion).includes(party))
    .map((motion) => duty('motions.vote', motion.id, null, voteDue(state, motion)));
  if (state.committee.chair !== party) return [...answers, ...votes];
  const proposals = proposalsDue(state).map(({ kind, bidder }) => duty('motions.propose', bidder === '' ? kind : bidder));
  const until = priceWindowEnd(state);
  return [...answers, ...votes, ...proposals, ...(until === null ? [] : [duty('motions.close', '', null, until)])];
}

const waitingAnswers = (state: LotState): { id: string; bidder: string; dueAt: string }[] =>
  state.status === 'EVALUATING'
    ? state.motions.list.flatMap((motion) => {
        const { id, asked } = motion;
        return asked !== null && isAsking(state, motion) ? [{ id, bidder: asked.bidder, dueAt: answerDue(state, asked) }] : [];
      })
    : [];

export const motionsLimits = (state: LotState): RunningLimit[] => {
  const { chair } = state.committee;
  const answers = waitingAnswers(state).flatMap(({ bidder, dueAt }) =>
    limit('price-answer', dueAt, chair === null ? [bidder] : [bidder, chair]),
  );
  if (chair === null || !isVotingTime(state)) return answers;
  const votes = state.motions.list.flatMap((motion) => {
    const owing = owingVotes(state, motion);
    return owing.length === 0 ? [] : limit('motion-vote', voteDue(state, motion), owing);
  });
  return [...answers, ...votes, ...limit('price-window', priceWindowEnd(state), [chair])];
};
