import type { SentEntry } from '@app/contracts';
import { type BidStatus, listedBids, type LotState, manifestOf, own } from '@app/evaluation';
import { textIn, toldBy } from './told.js';

/** When a bid reached each step; null: not yet. */
interface BidTimes {
  readonly extracted: string | null;
  readonly opened: string | null;
}

const TIMED = { 'opening.bid-extracted': 'extracted', 'opening.bid-opened': 'opened' } as const;
const isTimed = (type: string): type is keyof typeof TIMED => Object.hasOwn(TIMED, type);

function bidTimes(entries: readonly SentEntry[]): ReadonlyMap<string, BidTimes> {
  const times = new Map<string, BidTimes>();
  for (const told of toldBy(entries)) {
    const { type } = told.event;
    if (!isTimed(type)) continue;
    const bid = textIn(told, 'bid');
    const before = times.get(bid) ?? { extracted: null, opened: null };
    times.set(bid, { ...before, [TIMED[type]]: told.at });
  }
  return times;
}

/** One bidder in the hall. */
interface BidRow {
  readonly bid: string;
  readonly bidder: string;
  readonly name: string | null;
  readonly deliveredAt: string;
  readonly status: BidStatus;
  readonly isSignedIn: boolean;
  readonly extractedAt: string | null;
  readonly openedAt: string | null;
  /** 解密用时, from the extraction to the opening, milliseconds; null until then. */
  readonly tookMs: number | null;
  /** Code of what was found of it, and whose fault it is; null where nothing was. */
  readonly result: string | null;
  readonly fault: string | null;
  readonly note: string | null;
  /** Somebody found it, and nobody has countersigned yet. */
  readonly isPending: boolean;
}

/** In the order of delivery; none before the list is told. */
export function bidRows(state: LotState, entries: readonly SentEntry[]): readonly BidRow[] {
  const times = bidTimes(entries);
  return listedBids(state).map(({ bid, bidder, deliveredAt }) => {
    const opened = own(state.opening.bids, bid);
    const finding = own(state.opening.findings, bid);
    const { extracted = null, opened: done = null } = times.get(bid) ?? {};
    return {
      bid,
      bidder,
      name: own(state.opening.names, bidder) ?? null,
      deliveredAt,
      status: opened?.status ?? 'LOCKED',
      isSignedIn: own(state.opening.signedIn, bidder) !== undefined,
      extractedAt: extracted,
      openedAt: done,
      tookMs: extracted === null || done === null ? null : Date.parse(done) - Date.parse(extracted),
      result: opened?.result ?? finding?.result ?? null,
      fault: opened?.fault ?? finding?.fault ?? null,
      note: opened?.explanation ?? finding?.explanation ?? null,
      isPending: finding?.countersignedBy === null,
    };
  });
}

export const isFailed = (status: BidStatus): boolean => status === 'FAILED_BIDDER_FAULT' || status === 'FAILED_OTHER_FAULT';

interface BidCounts {
  readonly total: number;
  readonly opened: number;
  readonly failed: number;
  readonly left: number;
  /** 总用时, from the first extraction to the last opening by now, milliseconds. */
  readonly tookMs: number;
}

/** 已解密N家/剩N家, 总用时. Known to whoever sees the rows, so to nobody before the list is told. */
export function countsOf(rows: readonly BidRow[]): BidCounts {
  const opened = rows.filter(({ status }) => status === 'OPENED').length;
  const failed = rows.filter(({ status }) => isFailed(status)).length;
  const [first] = rows.flatMap(({ extractedAt }) => extractedAt ?? []).sort();
  const last = rows
    .flatMap(({ openedAt }) => openedAt ?? [])
    .sort()
    .at(-1);
  const tookMs = first === undefined || last === undefined ? 0 : Date.parse(last) - Date.parse(first);
  return { total: rows.length, opened, failed, left: rows.length - opened - failed, tookMs };
}

/** How many bids the venue extracts before this one: 排队解密中，前面还有N人. */
export function queueBefore({ opening: { bids } }: LotState, bid: string): number {
  const waiting = Object.keys(bids).filter((id) => bids[id]?.status === 'LOCKED');
  return Math.max(0, waiting.indexOf(bid));
}

/** The hash of one bid's ciphertext as three saw it. */
interface HashRow {
  readonly from: 'device' | 'signed' | 'locked';
  readonly hash: string;
}

/**
 * What was sealed on this device (where it still knows), what the bidder signed when delivering, and what the venue locked: the same text
 * three times, or the failure is not the bidder's.
 */
export function hashRows(state: LotState, bid: string, onDevice: string | null): readonly HashRow[] {
  const rows = [
    { from: 'device', hash: onDevice ?? '' },
    { from: 'signed', hash: manifestOf(state, bid)?.ciphertext.hash ?? '' },
    { from: 'locked', hash: own(state.bidding.bids, bid)?.ciphertext.hash ?? '' },
  ] as const;
  return rows.filter(({ hash }) => hash !== '');
}
export const areEqual = (rows: readonly HashRow[]): boolean => rows.every(({ hash }) => hash === rows[0]?.hash);
