import { type Draft, EMPTY_SHEET, type SealedPackage } from '@app/bid-making';
import type { SignedCommand } from '@app/contracts';
import { inStore } from '../../../core/device-store.js';

/** An act before the deadline. `at` is the venue's instant of receipt; null while no answer came, so that the very same is sent again. */
export interface BidAct {
  readonly type: 'bidding.download' | 'bidding.ask' | 'bidding.object' | 'bidding.deliver' | 'bidding.replace' | 'bidding.withdraw';
  /** Id of the bid; hash of the documents where they were downloaded; a question or an objection itself. */
  readonly about: string;
  readonly signed: SignedCommand;
  readonly at: string | null;
}

/** Everything of one bidder's bid in one lot that this browser keeps between visits, but the bytes of its files. */
export interface KeptBid extends Draft {
  /** Its ciphertext lies in this browser's own file system, under the bid's id. */
  readonly package: SealedPackage | null;
  readonly acts: readonly BidAct[];
}

export const NOTHING_KEPT: KeptBid = { sheet: EMPTY_SHEET, parts: [], package: null, acts: [] };

/** By what a bid is kept: the lot's log, and the credit code of who bids. */
export const keyOf = (origin: string, creditCode: string): string => `${origin} ${creditCode}`;

const STORE = 'bids';
const read = <T>(key: string): Promise<T | undefined> =>
  inStore<T | undefined>(STORE, 'readonly', (store) => store.get(key) as IDBRequest<T | undefined>);

export async function loadBid(key: string): Promise<KeptBid> {
  const kept = await read<KeptBid>(key);
  // What an earlier version kept lacks newer fields of the sheet.
  return kept === undefined ? NOTHING_KEPT : { ...kept, sheet: { ...EMPTY_SHEET, ...kept.sheet } };
}

/** Rejects when the disk is full; what was kept before stays. */
export const keepBid = async (key: string, kept: KeptBid): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(kept, key));
};

/** Hash of this bid's ciphertext as it was sealed on this device; null where it was sealed on another one, or is forgotten here. */
export async function sealedHashOf(origin: string, creditCode: string, bid: string): Promise<string | null> {
  const { package: kept } = await loadBid(keyOf(origin, creditCode));
  return kept?.bid === bid ? kept.sealed.manifest.ciphertext.hash : null;
}

const fileAt = (key: string, id: string): string => `${key} ${id}`;
/** Rejects when the disk is full. */
export const keepFile = async (key: string, id: string, file: Blob): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(file, fileAt(key, id)));
};
/** A file as the browser holds it on its disk; null when it has lost it. */
export const loadFile = async (key: string, id: string): Promise<Blob | null> => (await read<Blob>(fileAt(key, id))) ?? null;
export const forgetFile = async (key: string, id: string): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.delete(fileAt(key, id)));
};

/** 草稿 → 已密封 → 已递交 → 已撤回; `older`: another one than what is written here stands at the venue. */
export type BidStage = 'draft' | 'sealed' | 'delivered' | 'older' | 'withdrawn';

export function stageOf({ package: sealed, acts }: Pick<KeptBid, 'package' | 'acts'>): BidStage {
  const standing = standingBid(acts);
  if (standing !== null) return standing === sealed?.bid ? 'delivered' : 'older';
  if (settled(acts).at(-1)?.type === 'bidding.withdraw') return 'withdrawn';
  return sealed === null ? 'draft' : 'sealed';
}

/** The bid that stands at the venue by the acts that were answered; null: none. */
export function standingBid(acts: readonly BidAct[]): string | null {
  const last = settled(acts).at(-1);
  return last === undefined || last.type === 'bidding.withdraw' ? null : last.about;
}

/** Acts that no bid stands or falls by. */
const ASIDE: readonly BidAct['type'][] = ['bidding.download', 'bidding.ask', 'bidding.object'];
/** Answered acts that a bid stands or falls by. */
const settled = (acts: readonly BidAct[]): readonly BidAct[] => acts.filter(({ type, at }) => at !== null && !ASIDE.includes(type));
