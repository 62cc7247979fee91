import type { DraftPart } from '@app/bid-making';
import type { JsonObject } from '@app/contracts';
import type { BidRequest, ProfileId, SealedBid } from '@app/sealing';

/** A part of the draft with its bytes, where they lie. */
export type PartFile = Pick<DraftPart, 'type' | 'title'> & { readonly file: Blob };

interface Order {
  readonly profile: ProfileId;
  /** Name of the file that it writes. */
  readonly file: string;
}
/** What the worker seals: everything but the parts' bytes, which it reads where they lie. */
export interface SealOrder extends Order {
  readonly kind: 'seal';
  readonly request: Omit<BidRequest, 'parts'>;
  readonly sheet: JsonObject;
  readonly parts: readonly PartFile[];
}
/** What it takes over: a ciphertext of this hash that was made elsewhere. */
export interface TakeOrder extends Order {
  readonly kind: 'take';
  readonly ciphertext: Blob;
  readonly hash: string;
}

/** What the worker says. `done` and `total` count bytes read; `isNative`: by the browser's own cipher. */
export type SealNews =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'sealed'; readonly sealed: SealedBid; readonly size: number; readonly isNative: boolean }
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly isFull: boolean; readonly message: string };

/** Folder of this browser's own file system (OPFS) that holds sealed bids. */
export const SEALED_FOLDER = 'sealed-bids';
