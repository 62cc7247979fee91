import type { JsonObject } from '@app/contracts';

/** A bid as the list showed it when it was opened at the deadline. */
export interface ListedBid {
  readonly bid: string;
  readonly bidder: string;
  readonly deliveredAt: string;
  /** Keepers, wraps, hash and size of the ciphertext, commitment of the plaintext (sealing's BoxManifest). */
  readonly manifest: JsonObject;
  readonly innerHeaderHash: string;
  readonly indexCommitment: string;
}

export interface BiddingState {
  readonly lockedAt: string | null;
  readonly bids: Readonly<Record<string, ListedBid>>;
  /** Acts of each kind that the platform log held, counted at the lock. */
  readonly counts: { readonly downloads: number; readonly deliveries: number; readonly replacements: number; readonly withdrawals: number };
}

export const initialBidding: BiddingState = {
  lockedAt: null,
  bids: {},
  counts: { downloads: 0, deliveries: 0, replacements: 0, withdrawals: 0 },
};
