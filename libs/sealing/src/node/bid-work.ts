import type { DeliveredBid, OpenedBid } from '../bid/bid-contents.js';
import type { BidBox, BidResult } from '../bid/open-bid.js';
import type { BidRequest, PartFacts, PartInMemory, SealedBid } from '../bid/seal-bid.js';

/** What a {@link BidThread} is asked, by the paths of files: no bid goes from thread to thread, but for a part that lies in memory. */
export interface BidWork {
  readonly extract: { readonly asked: { readonly path: string; readonly box: BidBox }; readonly answer: BidResult<string | null> };
  readonly open: {
    readonly asked: { readonly path: string; readonly box: BidBox; readonly delivered: DeliveredBid };
    readonly answer: BidResult<OpenedBid>;
  };
  readonly seal: {
    readonly asked: { readonly request: BidRequest<PartInMemory | (PartFacts & { readonly path: string })>; readonly to: string };
    readonly answer: SealedBid;
  };
}

export type BidTask = {
  [K in keyof BidWork]: { readonly id: number; readonly profile: string; readonly kind: K; readonly asked: BidWork[K]['asked'] };
}[keyof BidWork];

export type BidAnswer = { readonly id: number } & ({ readonly value: BidWork[keyof BidWork]['answer'] } | { readonly error: string });
