import { type LotState, own } from '../kernel/state.js';
import type { RejectionGround } from '../law/grounds.js';
import { isRejectedByMajority } from '../law/majority.js';
import { contentOf, type SealedStep } from '../sealed-step/index.js';
import { type Fail, namelessReasons, type ReviewFails, type ReviewResult } from './bids.js';
import { type ReviewEntry, type Sheet, zReviewEntry, zSheet } from './commands.js';

export interface Cell {
  readonly bidder: string;
  readonly item: string;
}

/** A member's content as it stands. */
export const sheetOf = (state: LotState, step: SealedStep, member: string): Sheet['bids'] => contentOf(state, step, member, bidsOf);

export const bidsOf = (value: unknown): Sheet['bids'] => readBids(value) ?? {};

/** Null where the content is no 评审表. */
export function readBids(value: unknown): Sheet['bids'] | null {
  const read = zSheet.safeParse(value);
  return read.success ? read.data.bids : null;
}

/** Cells that a sheet must fill and does not fill well. */
export const faultyCells = (
  bids: Sheet['bids'],
  bidders: readonly string[],
  items: readonly string[],
  isGood: (item: string, value: unknown) => boolean,
): Cell[] =>
  bidders.flatMap((bidder) => items.flatMap((item) => (isGood(item, own(own(bids, bidder) ?? {}, item)) ? [] : [{ bidder, item }])));

/** A fail names one of the law's grounds and a reason; a pass needs nothing. */
export function isGoodEntry(value: unknown, grounds: readonly RejectionGround[]): boolean {
  const read = zReviewEntry.safeParse(value);
  if (!read.success) return false;
  const entry = read.data;
  return entry.pass || grounds.some((ground) => ground === entry.ground);
}

/** Whether a correction touches every cell it must and no other. */
export function coversExactly(change: Sheet['bids'], cells: readonly Cell[]): boolean {
  const touched = Object.entries(change).flatMap(([bidder, items]) => Object.keys(items).map((item) => `${bidder}/${item}`));
  const due = new Set(cells.map(({ bidder, item }) => `${bidder}/${item}`));
  return touched.length === due.size && touched.every((cell) => due.has(cell));
}

/** What the majority made of the sheets: for everybody, and who said what. */
export interface MajorityFindings {
  readonly result: ReviewResult;
  readonly fails: ReviewFails;
}

/**
 * What the majority of all members decides, item by item (87号令 61). One failed item rejects a bid; fails that stayed in the
 * minority are recorded as dissent. Needs complete sheets.
 */
export function decideByMajority(
  sheets: Readonly<Record<string, Sheet['bids']>>,
  bidders: readonly string[],
  items: readonly string[],
): MajorityFindings {
  const members = Object.keys(sheets).length;
  const result: ReviewResult = { v: 2, valid: [], rejected: [] };
  const fails: ReviewFails = { v: 1, decisive: [], dissent: [] };
  for (const bidder of bidders) {
    const all = failsOf(sheets, bidder, items);
    const failed = items
      .map((item) => ({ item, fails: all.filter((fail) => fail.item === item).length, members }))
      .filter((item) => isRejectedByMajority(item.fails, members));
    const decisive = all.filter((fail) => failed.some(({ item }) => item === fail.item));
    fails.decisive.push(...decisive);
    fails.dissent.push(...all.filter((fail) => !decisive.includes(fail)));
    const grounds = [...new Set(decisive.map((fail) => fail.ground))].sort();
    if (failed.length === 0) result.valid.push(bidder);
    else result.rejected.push({ bidder, items: failed, grounds, reasons: namelessReasons(decisive) });
  }
  return { result, fails };
}

const failsOf = (sheets: Readonly<Record<string, Sheet['bids']>>, bidder: string, items: readonly string[]): Fail[] =>
  items.flatMap((item) =>
    Object.entries(sheets).flatMap(([member, bids]) => {
      const entry = failOf(own(own(bids, bidder) ?? {}, item));
      return entry === null ? [] : [{ bidder, member, item, ground: entry.ground, reason: entry.reason }];
    }),
  );

function failOf(value: unknown): Extract<ReviewEntry, { pass: false }> | null {
  const read = zReviewEntry.safeParse(value);
  return read.success && !read.data.pass ? read.data : null;
}
