import type { SealedPackage } from '@app/bid-making';
import { signWish, uploadFile, type UploadSource } from '@app/client';
import type { JsonObject } from '@app/contracts';
import { PROSPECTIVE } from '@app/evaluation';
import { identityOf, sendAct, type Sending } from '../../../core/commands/act.js';
import type { Holder } from '../../../core/identity/session.js';
import type { LotName } from '../../../core/lots/api.js';
import { localInstant } from '../../../utils/monotonic.js';
import type { BidAct } from './kept-bid.js';

/** What a bidder's act needs of where it is done. */
export interface Desk extends Sending {
  readonly holder: Holder;
  readonly platformOrigin: string;
  readonly lot: LotName;
}

/** What is to be done: an act's type, what it is about, and its payload. */
export interface Intent extends Pick<BidAct, 'type' | 'about'> {
  readonly payload: JsonObject;
}

export const download = (documents: string): Intent => ({
  type: 'bidding.download',
  about: documents,
  payload: { package: documents },
});

export const question = (text: string): Intent => ({ type: 'bidding.ask', about: text, payload: { text } });
export const objection = (text: string): Intent => ({ type: 'bidding.object', about: text, payload: { text } });

/** 递交, or 撤换 where a bid stands. */
export function delivery({ bid, sealed: { manifest, innerHeaderHash, indexCommitment } }: SealedPackage, standing: string | null): Intent {
  const payload = { bid, manifest, innerHeaderHash, indexCommitment };
  if (standing === null) return { type: 'bidding.deliver', about: bid, payload };
  return { type: 'bidding.replace', about: bid, payload: { ...payload, replaces: standing } };
}

export const withdrawal = (bid: string): Intent => ({ type: 'bidding.withdraw', about: bid, payload: { bid } });

/** Before the lock a bidder has no name in the lot: its acts go to the platform's log, which says nothing of them but a commitment. */
export async function signBidAct({ profile, holder, platformOrigin, lot }: Desk, { type, about, payload }: Intent): Promise<BidAct> {
  const wish = { type, payload, party: PROSPECTIVE, at: localInstant(), basis: 0 };
  return { type, about, signed: await signWish(profile, identityOf(holder), { origin: platformOrigin, ...lot }, wish), at: null };
}

/** The act with the venue's instant of receipt. Throws as `sendAct` does; with `UNAVAILABLE` the same is sent again. */
export async function sendBidAct(sending: Sending, act: BidAct): Promise<BidAct> {
  const { at } = await sendAct(sending, act.signed);
  return { ...act, at };
}

/** Sends what is missing of a sealed bid; after a reload or on another line the same call goes on where it stopped. */
export async function uploadSealed(
  { http, lot }: Desk,
  file: File,
  { sealed }: SealedPackage,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const source: UploadSource = { size: file.size, slice: (from, to) => Promise.resolve(file.slice(from, to)) };
  const { hash } = sealed.manifest.ciphertext;
  await uploadFile(window.location.origin, source, { ...http.options(), hash, lot: lot.lot, onProgress, signal });
}
