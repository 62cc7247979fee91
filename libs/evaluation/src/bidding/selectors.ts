import type { Viewer } from '@app/contracts';
import type { BoxManifest } from '@app/sealing';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { type RecordedAct, zActs, zDelivery, zRecordedAct } from './commands.js';
import type { ListedBid } from './state.js';

/** The list of bidders is public in the hall (domain.md §6.1). */
export const isListPublished = ({ opening }: LotState): boolean => opening.step !== 'WAITING' && opening.step !== 'STARTED';

/** Bids of the list, in the order of their delivery. */
export const listedBids = (state: LotState): ListedBid[] =>
  Object.values(state.bidding.bids).sort((a, b) =>
    a.deliveredAt < b.deliveredAt ? -1 : a.deliveredAt > b.deliveredAt ? 1 : a.bid < b.bid ? -1 : 1,
  );

export const bidOf = (state: LotState, bidder: string): ListedBid | undefined =>
  Object.values(state.bidding.bids).find((bid) => bid.bidder === bidder);

/** The signed delivery behind a listed bid, when this reader may see it. */
export function actOf(state: LotState, bid: string): RecordedAct | null {
  const { listSeq } = state.bidding;
  const read = listSeq === null ? undefined : zRecordedAct.safeParse(disclosed(state, listSeq, `d:act:${bid}`));
  return read?.success === true ? read.data : null;
}

/** Manifest of the bid's outer box, when this reader may see it. */
export function manifestOf(state: LotState, bid: string): BoxManifest | null {
  const read = zDelivery.shape.manifest.safeParse(actOf(state, bid)?.command.public['manifest']);
  return read.success ? read.data : null;
}

/** 提疑, 异议: whoever answers reads what is asked; nobody else does before the list, and nobody is told by whom (招标投标法 22). */
export const mayReadQuestions = ({ roles }: Viewer): boolean => roles.includes('agency');

/** Every act before the deadline as the lock's part `x:acts` holds them. Null: it is none. */
export const readLockedActs = (part: unknown): RecordedAct[] | null => zActs.safeParse(part).data ?? null;

/** Objections to the document that keep the lot from being opened (条例 22): unanswered at the lock, and still. */
export const openDocumentObjections = ({ bidding: { objections, answers } }: LotState): string[] =>
  objections.filter((id) => own(answers, id) === undefined);
