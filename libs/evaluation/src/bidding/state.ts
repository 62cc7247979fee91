import { event } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import { type DroppedAct, zListOpened } from './events.js';

/** A bid as the list showed it when it was opened at the deadline: sealed, with its time (A-106 … A-108). */
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
  readonly lockedAt: string | null;
  /** Entry that opened the list. */
  readonly seq: number | null;
  /** By bid id. */
  readonly bids: Readonly<Record<string, ListedBid>>;
  /** Acts of each kind that the platform log held, counted at the lock. */
  readonly counts: { readonly downloads: number; readonly deliveries: number; readonly replacements: number; readonly withdrawals: number };
  /** Of these, what does not stand. */
  readonly dropped: readonly DroppedAct[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly bidding: BiddingState;
  }
}

export const initialBidding: BiddingState = {
  lockedAt: null,
  seq: null,
  bids: {},
  counts: { downloads: 0, deliveries: 0, replacements: 0, withdrawals: 0 },
  dropped: [],
};

export const biddingEvents = {
  'bidding.list-opened': event({
    schema: zListOpened,
    evolve: (state, { at, bids, counts, dropped }, { header: { seq } }) =>
      moveTo(
        { ...state, bidding: { lockedAt: at, seq, bids: Object.fromEntries(bids.map((bid) => [bid.bid, bid])), counts, dropped } },
        'SUBMISSION_CLOSED',
      ),
  }),
} as const;
