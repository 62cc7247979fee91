import { event } from '../kernel/slice.js';
import { moveTo, own, withFault } from '../kernel/state.js';
import { type DroppedAct, zListOpened, zLocked, zObjectionAnswered } from './events.js';
import { LIST_PART } from './list.js';

/** A bid as the list shows it: sealed, with its time (A-106 … A-108). */
export interface ListedBid {
  readonly bid: string;
  readonly bidder: string;
  readonly deliveredAt: string;
  /** Hash of the manifest; the manifest itself names the bidder and is in part `d:act:<bid>`. */
  readonly manifestHash: string;
  readonly ciphertext: { readonly hash: string; readonly size: number };
  readonly innerHeaderHash: string;
  readonly indexCommitment: string;
}

export interface BiddingState {
  /** Whether questions and objections are among the lot's acts: not where it was founded under an engine before 0.5.0. */
  readonly takesQuestions: boolean;
  readonly lockedAt: string | null;
  /** Entry that locked the lot; its part `x:acts` holds every act. */
  readonly seq: number | null;
  /** What everybody sees of the list until it is told: the salted hash of the lock's part `d:list`. Null under engines before 0.4.0. */
  readonly root: string | null;
  /** Entry that told the list, with the parts `d:act:<bid>`; under engines before 0.4.0 the lock itself. */
  readonly listSeq: number | null;
  /** By bid id; empty until the list is told. */
  readonly bids: Readonly<Record<string, ListedBid>>;
  /** Acts of each kind that the platform log held, counted at the lock. */
  readonly counts: { readonly downloads: number; readonly deliveries: number; readonly replacements: number; readonly withdrawals: number };
  /** Of these, what does not stand. */
  readonly dropped: readonly DroppedAct[];
  /** Answers to objections to the document, by the id of the act that objects. */
  readonly answers: Readonly<Record<string, { readonly at: string; readonly by: string; readonly text: string; readonly seq: number }>>;
  /** Objections that stood without an answer when the lot was locked. */
  readonly objections: readonly string[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly bidding: BiddingState;
  }
}

export const initialBidding: BiddingState = {
  takesQuestions: true,
  lockedAt: null,
  seq: null,
  root: null,
  listSeq: null,
  bids: {},
  counts: { downloads: 0, deliveries: 0, replacements: 0, withdrawals: 0 },
  dropped: [],
  answers: {},
  objections: [],
};

export const biddingEvents = {
  'bidding.locked': event({
    schema: zLocked,
    evolve: (state, { at, objections = [] }, { header: { seq, parts } }) => {
      const root = own(parts, LIST_PART);
      if (root === undefined) return withFault(state, 'locked without a list');
      return moveTo({ ...state, bidding: { ...state.bidding, lockedAt: at, seq, root, objections } }, 'SUBMISSION_CLOSED');
    },
  }),
  'bidding.objection-answered': event({
    schema: zObjectionAnswered,
    evolve: (state, { at, by, objection, text }, { header: { seq } }) => ({
      ...state,
      bidding: { ...state.bidding, answers: { ...state.bidding.answers, [objection]: { at, by, text, seq } } },
    }),
  }),
  'bidding.list-opened': event({
    schema: zListOpened,
    evolve: (state, { bids, counts, dropped }, { header: { seq: listSeq } }) => ({
      ...state,
      bidding: { ...state.bidding, listSeq, bids: Object.fromEntries(bids.map((bid) => [bid.bid, bid])), counts, dropped },
    }),
  }),
} as const;
