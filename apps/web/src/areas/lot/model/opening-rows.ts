import { listedBids, openingSheetOf, type BidStatus, type LotState } from '@app/evaluation';

/** One line of the opening record (开标记录表). What is not disclosed to this reader is null. */
export interface OpeningRow {
  readonly bid: string;
  readonly bidder: string;
  /** Organisation, public from the publication of the list. */
  readonly name: string | null;
  readonly price: string | null;
  readonly duration: string | null;
  readonly lead: string | null;
  readonly status: BidStatus;
  readonly isConfirmed: boolean;
  /** Why it was not opened, or what somebody found of that and waits to be countersigned. */
  readonly note: string | null;
  /** Entry that disclosed the sheet. */
  readonly seq: number | null;
}

/** Rows in the order of delivery; none before the list is told (under engines before 0.4.0: before the deadline). */
export function openingRows(state: LotState): readonly OpeningRow[] {
  return listedBids(state).map(({ bid, bidder }) => {
    const opened = state.opening.bids[bid];
    const sheet = openingSheetOf(state, bidder);
    return {
      bid,
      bidder,
      name: state.opening.names[bidder] ?? null,
      price: sheet?.price ?? null,
      duration: sheet?.duration ?? null,
      lead: sheet?.projectLead ?? null,
      status: opened?.status ?? 'LOCKED',
      isConfirmed: Object.hasOwn(state.opening.confirmations, bidder),
      note: opened?.explanation ?? state.opening.findings[bid]?.explanation ?? null,
      seq: opened?.sheetSeq ?? null,
    };
  });
}
