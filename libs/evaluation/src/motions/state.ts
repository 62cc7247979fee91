import { zExcused, zReopened, zStepOpened } from '../committee/index.js';
import { event } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import * as events from './events.js';

/** 表决事项: something that the committee decides by vote. Who proposed and voted, and when; what about is a secret part. */
export interface Motion {
  readonly id: string;
  /** Entry whose part `x:motion` is its content. */
  readonly seq: number;
  readonly at: string;
  /** Member → entry of the vote. */
  readonly votes: Readonly<Record<string, number>>;
  /** Since when members may vote, with `setup.suspendedMs` then: `voteDue`. */
  readonly voting: { readonly from: string; readonly suspendedMs: number };
  readonly proposer: string;
  readonly outcome: 'CARRIED' | 'LOST' | null;
  /** Entry of the outcome. */
  readonly decidedSeq: number | null;
  /** The bidder who was asked by it. */
  readonly asked: {
    readonly bidder: string;
    /** But for the time for which the lot was suspended since: `answerDue`. */
    readonly dueAt: string;
    /** `setup.suspendedMs` when it was asked. */
    readonly suspendedMs: number;
    /** Entry of the answer, or of its absence. */
    readonly closed: { readonly seq: number; readonly isAnswered: boolean } | null;
  } | null;
}

export interface MotionsState {
  readonly list: readonly Motion[];
  /** Entries with a part `d:finding` and their motions, oldest first. */
  readonly findings: readonly { readonly seq: number; readonly motion: string }[];
  /** Since when bids wait for their ranking, with `setup.suspendedMs` then; null: they do not yet, or the chair has nothing more on prices. */
  readonly waiting: { readonly from: string; readonly suspendedMs: number } | null;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly motions: MotionsState;
  }
}

export const initialMotions: MotionsState = { list: [], findings: [], waiting: null };

const withMotions = (state: LotState, change: Partial<MotionsState>): LotState => ({ ...state, motions: { ...state.motions, ...change } });
const changed = (state: LotState, id: string, change: (motion: Motion) => Motion): LotState =>
  withMotions(state, { list: state.motions.list.map((motion) => (motion.id === id ? change(motion) : motion)) });

export const motionsEvents = {
  'motions.proposed': event({
    schema: events.zProposed,
    evolve: (state, { motion: id, member, at }, { header: { seq } }) =>
      withMotions(state, {
        list: [
          ...state.motions.list,
          { id, seq, at, votes: {}, voting: votingFrom(state, at), proposer: member, outcome: null, decidedSeq: null, asked: null },
        ],
      }),
  }),
  'motions.voted': event({
    schema: events.zVoted,
    evolve: (state, { motion, member }, { header: { seq } }) =>
      changed(state, motion, (before) => ({ ...before, votes: { ...before.votes, [member]: seq } })),
  }),
  'motions.decided': event({
    schema: events.zDecided,
    evolve: (state, { motion, outcome }, { header: { seq } }) =>
      changed(state, motion, (before) => ({ ...before, outcome, decidedSeq: seq })),
  }),
  'motions.bidder-asked': event({
    schema: events.zBidderAsked,
    evolve: (state, { motion, bidder, dueAt }) =>
      changed(state, motion, (before) => ({
        ...before,
        asked: { bidder, dueAt, suspendedMs: state.setup.suspendedMs, closed: null },
      })),
  }),
  'motions.answered': event({
    schema: events.zAnswered,
    evolve: (state, { motion }, { header: { seq } }) => changed(state, motion, closedBy(seq, true)),
  }),
  'motions.lapsed': event({
    schema: events.zLapsed,
    evolve: (state, { motion }, { header: { seq } }) => changed(state, motion, closedBy(seq, false)),
  }),
  'motions.closed': event({ schema: events.zClosed, evolve: (state) => withMotions(state, { waiting: null }) }),
  'motions.found': event({
    schema: events.zFound,
    evolve: (state, { motion }, { header: { seq } }) => withMotions(state, { findings: [...state.motions.findings, { seq, motion }] }),
  }),
};

const votingFrom = ({ setup }: LotState, from: string): Motion['voting'] => ({ from, suspendedMs: setup.suspendedMs });

const closedBy =
  (seq: number, isAnswered: boolean) =>
  (before: Motion): Motion =>
    before.asked === null ? before : { ...before, asked: { ...before.asked, closed: { seq, isAnswered } } };

/** 条例 48: what a member who left has voted on is open again, and what came of it is void; whoever was asked has answered all the same. */
function withoutVoter(state: LotState, member: string): LotState {
  const { list, findings } = state.motions;
  const isVoided = ({ votes }: Motion): boolean => own(votes, member) !== undefined;
  const voided = list.filter(isVoided).map(({ id }) => id);
  return withMotions(state, {
    waiting: null,
    list: list.map((motion) =>
      isVoided(motion) ? { ...motion, votes: less(motion.votes, member), outcome: null, decidedSeq: null } : motion,
    ),
    findings: findings.filter(({ motion }) => !voided.includes(motion)),
  });
}

const less = (votes: Motion['votes'], member: string): Motion['votes'] =>
  Object.fromEntries(Object.entries(votes).filter(([voter]) => voter !== member));

export const motionsFollows = {
  'committee.step-opened': event({
    schema: zStepOpened,
    evolve: (state, { step, at }) =>
      withMotions(state, {
        waiting: step === 'aggregate' ? votingFrom(state, at) : null,
        // Whoever replaces a member has his time from the step on that he votes in.
        list: state.motions.list.map((motion) => (motion.outcome === null ? { ...motion, voting: votingFrom(state, at) } : motion)),
      }),
  }),
  'committee.excused': event({ schema: zExcused, evolve: (state, { member }) => withoutVoter(state, member) }),
  // A re-evaluation voids every conclusion.
  'committee.reopened': event({ schema: zReopened, evolve: (state) => ({ ...state, motions: initialMotions }) }),
} as const;
