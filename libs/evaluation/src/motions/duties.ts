import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { answerDue, isAsking, isVotingTime, owingVotes, priceWindowEnd, proposalsDue } from './selectors.js';

/** The chair proposes what the ranking waits for, members vote, the bidder answers, and the node notes that it did not. */
export function motionsDuties(state: LotState, party: string): Duty[] {
  const waiting = waitingAnswers(state);
  if (party === MAIN_NODE) return waiting.map(({ id, dueAt }) => duty('motions.lapse', id, dueAt));
  const answers = waiting.filter(({ bidder }) => bidder === party).map(({ id, dueAt }) => duty('motions.answer', id, null, dueAt));
  if (!isVotingTime(state)) return answers;
  const votes = state.motions.list.filter((motion) => owingVotes(state, motion).includes(party)).map(({ id }) => duty('motions.vote', id));
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
  return chair !== null && isVotingTime(state) ? [...answers, ...limit('price-window', priceWindowEnd(state), [chair])] : answers;
};
