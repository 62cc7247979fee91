import { isObject, listedBids, type BidStatus, type LotState } from '@app/evaluation';
import type { JsonObject } from '@app/contracts';

/** One line of the opening record (开标记录表). What is not disclosed to this reader is null. */
export interface OpeningRow {
  readonly bid: string;
  readonly bidder: string;
  /** Bidder's name as its opening sheet says. */
  readonly name: string | null;
  readonly price: string | null;
  readonly duration: string | null;
  readonly lead: string | null;
  readonly status: BidStatus;
  readonly isConfirmed: boolean;
  /** Entry that disclosed the sheet. */
  readonly seq: number | null;
}

/** Rows in the order of delivery; none before the list was opened at the deadline. */
export function openingRows(state: LotState): readonly OpeningRow[] {
  return listedBids(state).map(({ bid, bidder }) => {
    const opened = state.opening.bids[bid];
    const seq = opened?.sheetSeq ?? null;
    const sheet = seq === null ? null : sheetAt(state, seq);
    return {
      bid,
      bidder,
      name: textOf(sheet, 'bidderName') ?? textOf(sheet, 'bidder'),
      price: textOf(sheet, 'price'),
      duration: textOf(sheet, 'duration') ?? textOf(sheet, 'durationDays'),
      lead: textOf(sheet, 'lead') ?? textOf(sheet, 'projectLead'),
      status: opened?.status ?? 'LOCKED',
      isConfirmed: Object.hasOwn(state.opening.confirmations, bidder),
      seq,
    };
  });
}

/** The opening sheet among the disclosed parts of an entry: the one that states a price. */
function sheetAt(state: LotState, seq: number): JsonObject | null {
  const prefix = `${seq}/`;
  for (const [key, value] of Object.entries(state.disclosed))
    if (key.startsWith(prefix) && isObject(value) && 'price' in value) return value;
  return null;
}

function textOf(sheet: JsonObject | null, name: string): string | null {
  const value = sheet?.[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
