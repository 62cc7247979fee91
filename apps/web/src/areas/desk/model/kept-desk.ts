import type { HttpClient } from '@app/client';
import { fromBase64Url, fromUtf8, toBase64Url, utf8, zKeptDesk } from '@app/contracts';
import { type CryptoProfile, openOnDevice, sealToKey } from '@app/sealing';
import { inStore } from '../../../core/device-store.js';
import type { BidKey } from '../../../core/identity/key-store.js';
import type { LotName } from '../../../core/lots/api.js';
import type { NotedPages, Notes } from './reading.js';

/** What a member has written at the desk of one lot and not handed in: sheets by step, noted pages, notes. */
export interface KeptDesk {
  readonly v: 1;
  /** Epoch milliseconds by the venue's clock: of two that were kept the newer one counts. */
  readonly at: number;
  /** As whom in the lot; empty where nothing was written yet. */
  readonly party: string;
  readonly sheets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly places: NotedPages;
  readonly notes: Notes;
}
export const EMPTY_DESK: KeptDesk = { v: 1, at: 0, party: '', sheets: {}, places: {}, notes: {} };

const STORE = 'desk-drafts';
export const deskName = (origin: string, party: string): string => `${origin} ${party}`;

/** Seals it to the member's own encryption key and keeps it on this device. Rejects when the disk is full; what was kept before stays. */
export async function keepHere(profile: CryptoProfile, name: string, { publicKey }: BidKey, desk: KeptDesk): Promise<Uint8Array> {
  const sealed = sealToKey(profile, publicKey, utf8(JSON.stringify(desk)));
  await inStore(STORE, 'readwrite', (store) => store.put(sealed, name));
  return sealed;
}

/** What was kept here; the empty desk where nothing was. Null: something lies here that this member's key does not open. */
export async function loadHere(profile: CryptoProfile, name: string, key: BidKey): Promise<KeptDesk | null> {
  const sealed = await inStore<Uint8Array | undefined>(STORE, 'readonly', (store) => store.get(name) as IDBRequest<Uint8Array | undefined>);
  return sealed === undefined ? EMPTY_DESK : opened(profile, sealed, key);
}

async function opened(profile: CryptoProfile, sealed: Uint8Array, { key, publicKey }: BidKey): Promise<KeptDesk | null> {
  const content = await openOnDevice(profile, sealed, key, publicKey);
  if (content === null) return null;
  const read = JSON.parse(fromUtf8(content)) as Omit<KeptDesk, 'v'> & { readonly v: number };
  return read.v === 1 ? { ...read, v: 1 } : null;
}

const addressOf = ({ lot, round }: LotName): string => `/api/lots/${encodeURIComponent(lot)}/desk?round=${round}`;

/** What the venue of this seat keeps of it; null where that is nothing, or cannot be had now, or does not open. */
export async function loadThere(http: HttpClient, profile: CryptoProfile, lot: LotName, key: BidKey): Promise<KeptDesk | null> {
  try {
    const { sealed } = await http.get(addressOf(lot), zKeptDesk);
    return sealed === null ? null : await opened(profile, fromBase64Url(sealed), key);
  } catch {
    return null;
  }
}

/** Puts it to the venue of this seat, so that it opens at another one. Rejects when the venue does not take it now. */
export const keepThere = async (http: HttpClient, lot: LotName, sealed: Uint8Array): Promise<void> => {
  await http.put(addressOf(lot), { sealed: toBase64Url(sealed) }, zKeptDesk);
};
