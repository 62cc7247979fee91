import { zReopened } from '../committee/index.js';
import { event } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import * as events from './events.js';

/** 表决事项: something that the committee decides by vote. Who proposed and voted, and when; what about is a secret part. */
export interface Motion {
  readonly id: string;
  /** Entry whose part `x:motion` is its content. */
  readonly seq: number;
  readonly at: string;
  /** Member → entry of the vote; whoever proposes is for it. */
  readonly votes: Readonly<Record<string, number>>;
  readonly proposer: string;
  readonly outcome: 'CARRIED' | 'LOST' | null;
  /** The bidder who was asked by it. */
  readonly asked: {
    readonly bidder: string;
    readonly dueAt: string;
    /** Entry of the answer, or of its absence. */
    readonly closed: { readonly seq: number; readonly isAnswered: boolean } | null;
  } | null;
}

export interface MotionsState {
  readonly list: readonly Motion[];
  /** Entries with a part `d:finding`, oldest first. */
  readonly findings: readonly number[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly motions: MotionsState;
  }
}

export const initialMotions: MotionsState = { list: [], findings: [] };

const withMotions = (state: LotState, change: Partial<MotionsState>): LotState => ({ ...state, motions: { ...state.motions, ...change } });
const changed = (state: LotState, id: string, change: (motion: Motion) => Motion): LotState =>
  withMotions(state, { list: state.motions.list.map((motion) => (motion.id === id ? change(motion) : motion)) });

export const motionsEvents = {
  'motions.proposed': event({
    schema: events.zProposed,
    evolve: (state, { motion: id, member, at }, { header: { seq } }) =>
      withMotions(state, { list: [...state.motions.list, { id, seq, at, votes: {}, proposer: member, outcome: null, asked: null }] }),
  }),
  'motions.voted': event({
    schema: events.zVoted,
    evolve: (state, { motion, member }, { header: { seq } }) =>
      changed(state, motion, (before) => ({ ...before, votes: { ...before.votes, [member]: seq } })),
  }),
  'motions.decided': event({
    schema: events.zDecided,
    evolve: (state, { motion, outcome }) => changed(state, motion, (before) => ({ ...before, outcome })),
  }),
  'motions.bidder-asked': event({
    schema: events.zBidderAsked,
    evolve: (state, { motion, bidder, dueAt }) =>
      changed(state, motion, (before) => ({ ...before, asked: { bidder, dueAt, closed: null } })),
  }),
  'motions.answered': event({
    schema: events.zAnswered,
    evolve: (state, { motion }, { header: { seq } }) => changed(state, motion, closedBy(seq, true)),
  }),
  'motions.lapsed': event({
    schema: events.zLapsed,
    evolve: (state, { motion }, { header: { seq } }) => changed(state, motion, closedBy(seq, false)),
  }),
  'motions.found': event({
    schema: events.zFound,
    evolve: (state, _found, { header: { seq } }) => withMotions(state, { findings: [...state.motions.findings, seq] }),
  }),
};

const closedBy =
  (seq: number, isAnswered: boolean) =>
  (before: Motion): Motion =>
    before.asked === null ? before : { ...before, asked: { ...before.asked, closed: { seq, isAnswered } } };

export const motionsFollows = {
  // A re-evaluation voids every conclusion.
  'committee.reopened': event({ schema: zReopened, evolve: (state) => ({ ...state, motions: initialMotions }) }),
} as const;
