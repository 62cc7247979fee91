import type { JsonObject } from '@app/contracts';
import type { BidRequest, ProfileId, SealedBid } from '@app/sealing';
import type { DraftPart } from './draft.js';

/** A part of the draft with its bytes, where they lie. */
export type PartFile = Pick<DraftPart, 'type' | 'title'> & { readonly file: Blob };

/** What the worker seals: everything but the parts' bytes, which it reads where they lie. */
export interface SealOrder {
  readonly profile: ProfileId;
  readonly request: Omit<BidRequest, 'parts'>;
  readonly sheet: JsonObject;
  readonly parts: readonly PartFile[];
  /** Name of the file that it writes. */
  readonly file: string;
}

/** What the worker says. `done` and `total` count bytes read. */
export type SealNews =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'sealed'; readonly sealed: SealedBid; readonly size: number }
  | { readonly kind: 'failed'; readonly isFull: boolean; readonly message: string };

/** Folder of this browser's own file system (OPFS) that holds sealed bids. */
export const SEALED_FOLDER = 'sealed-bids';
