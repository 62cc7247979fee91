import { type LotState, moveTo } from '../kernel/state.js';
import {
  begunAgain,
  boxSubmitted,
  closed,
  corrected,
  initialSealedStep,
  purposeOf,
  type SealedStep,
  sheetsOpened,
  withoutMember,
} from '../sealed-step/index.js';
import { zExcused, zReopened } from '../committee/index.js';
import { event } from '../kernel/slice.js';
import { isSpent } from '../keepers/index.js';
import * as events from './events.js';

/** A question of the committee to a bidder; texts are secret parts of the entries named. */
interface Clarification {
  readonly id: string;
  readonly bidder: string;
  readonly dueAt: string;
  readonly askedSeq: number;
  readonly answeredSeq: number | null;
}

export interface ReviewState {
  readonly sheets: SealedStep;
  /** Gov: entry of the purchaser's qualification review, and how many passed. */
  readonly qualification: { readonly seq: number; readonly passed: number } | null;
  /** Entry whose part `d:review` says which bids stand; null while open. */
  readonly concluded: { readonly seq: number; readonly at: string } | null;
  /** Votes on whether fewer than three bids still compete, by entry. */
  readonly fewBids: { readonly votes: Readonly<Record<string, number>>; readonly outcome: 'CONTINUE' | 'REJECT_ALL' | null };
  readonly clarifications: readonly Clarification[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly review: ReviewState;
  }
}

export const initialReview: ReviewState = {
  sheets: initialSealedStep,
  qualification: null,
  concluded: null,
  fewBids: { votes: {}, outcome: null },
  clarifications: [],
};

const withReview = (state: LotState, change: Partial<ReviewState>): LotState => ({
  ...state,
  review: { ...state.review, ...change },
});

const withReviewSheets = (state: LotState, sheets: SealedStep): LotState => withReview(state, { sheets });

export const reviewEvents = {
  'review.qualified': event({
    schema: events.zQualified,
    evolve: (state, { passed }, { header }) =>
      moveTo(withReview(state, { qualification: { seq: header.seq, passed } }), 'QUALIFICATION_BY_PURCHASER'),
  }),
  'review.sheet-submitted': event({
    schema: events.zSheetSubmitted,
    evolve: (state, { member, manifest }, { header }) =>
      withReviewSheets(state, boxSubmitted(state.review.sheets, member, { seq: header.seq, manifest })),
  }),
  'review.sheets-opened': event({
    schema: events.zSheetsOpened,
    evolve: (state, { verdicts, owed }, { header }) =>
      withReviewSheets(state, sheetsOpened(state.review.sheets, verdicts, owed, header.seq)),
  }),
  'review.sheet-corrected': event({
    schema: events.zSheetCorrected,
    evolve: (state, { member, owed }, { header }) => withReviewSheets(state, corrected(state.review.sheets, member, owed, header.seq)),
  }),
  'review.concluded': event({
    schema: events.zConcluded,
    evolve: (state, { at }, { header }) =>
      withReview(state, {
        concluded: { seq: header.seq, at },
        sheets: closed(state.review.sheets, at),
        fewBids: { votes: {}, outcome: null },
      }),
  }),
  'review.competition-voted': event({
    schema: events.zCompetitionVoted,
    evolve: (state, { member }, { header }) =>
      withReview(state, { fewBids: { ...state.review.fewBids, votes: { ...state.review.fewBids.votes, [member]: header.seq } } }),
  }),
  'review.competition-decided': event({
    schema: events.zCompetitionDecided,
    evolve: (state, { outcome }) => withReview(state, { fewBids: { ...state.review.fewBids, outcome } }),
  }),
  'review.clarification-asked': event({
    schema: events.zClarificationAsked,
    evolve: (state, { id, bidder, dueAt }, { header }) =>
      withReview(state, {
        clarifications: [...state.review.clarifications, { id, bidder, dueAt, askedSeq: header.seq, answeredSeq: null }],
      }),
  }),
  'review.clarification-answered': event({
    schema: events.zClarificationAnswered,
    evolve: (state, { id }, { header }) =>
      withReview(state, {
        clarifications: state.review.clarifications.map((one) => (one.id === id ? { ...one, answeredSeq: header.seq } : one)),
      }),
  }),
};

const BASE = 'review';
const nothingDecided = { concluded: null, fewBids: { votes: {}, outcome: null } } as const;

/** 条例 48: what a member who left concluded is void, the others' sheets stand; a re-evaluation voids all of them. */
export const reviewFollows = {
  'committee.excused': event({
    schema: zExcused,
    evolve: (state, { member }) => {
      const { sheets } = state.review;
      const isSpentNow = isSpent(state, purposeOf(BASE, sheets.attempt));
      return withReview(state, { sheets: withoutMember(sheets, member, isSpentNow), ...nothingDecided });
    },
  }),
  'committee.reopened': event({
    schema: zReopened,
    evolve: (state) => {
      const { sheets } = state.review;
      return withReview(state, { sheets: begunAgain(sheets, isSpent(state, purposeOf(BASE, sheets.attempt))), ...nothingDecided });
    },
  }),
} as const;
