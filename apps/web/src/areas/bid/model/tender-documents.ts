import { own, type SetupState } from '@app/evaluation';
import type { BidAct } from './kept-bid.js';

/** The tender document (number 0), or an amendment of it, and when this bidder's download was answered. */
export interface TenderDocument {
  readonly number: number;
  readonly hash: string;
  readonly at: string | null;
  readonly summary: string;
  /** The agency's signature over the file: detached CMS, base64url; null: it gave none. */
  readonly signature: string | null;
  readonly takenAt: string | null;
}

/** Everything that bids are made from, in the order of its publication; an amendment is part of the document (条例 21). */
export function tenderDocuments(
  setup: Pick<SetupState, 'documentPackage' | 'publishedAt' | 'amendments' | 'signatures'> | null,
  acts: readonly Pick<BidAct, 'type' | 'about' | 'at'>[],
): readonly TenderDocument[] {
  if (setup?.documentPackage == null) return [];
  const takenAt = (hash: string): string | null =>
    acts.find(({ type, about, at }) => type === 'bidding.download' && about === hash && at !== null)?.at ?? null;
  const notice = { number: 0, hash: setup.documentPackage, at: setup.publishedAt, summary: '' };
  return [notice, ...setup.amendments.map(({ number, at, package: hash, summary }) => ({ number, hash, at, summary }))].map((one) => ({
    ...one,
    signature: own(setup.signatures, one.hash) ?? null,
    takenAt: takenAt(one.hash),
  }));
}
