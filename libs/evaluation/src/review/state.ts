import type { LotState } from '../kernel/state.js';
import type { SealedStep } from '../sealed-step/step.js';
import { initialSealedStep } from '../sealed-step/step.js';

/** A question of the committee to a bidder; texts are secret parts of the entries named. */
export interface Clarification {
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

export const withReview = (state: LotState, change: Partial<ReviewState>): LotState => ({
  ...state,
  review: { ...state.review, ...change },
});

export const withReviewSheets = (state: LotState, sheets: SealedStep): LotState => withReview(state, { sheets });
