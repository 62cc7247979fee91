import { fromUtf8, utf8 } from '@app/contracts';
import { type CryptoProfile, openOnDevice, sealToKey } from '@app/sealing';
import { inStore } from '../../../core/device-store.js';
import type { BidKey } from '../../../core/identity/key-store.js';
import type { NotedPages, Notes } from './reading.js';

/** What a member has written at the desk of one lot and not handed in: sheets by step, noted pages, notes. */
export interface KeptDesk {
  readonly v: 1;
  readonly sheets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly places: NotedPages;
  readonly notes: Notes;
}
export const EMPTY_DESK: KeptDesk = { v: 1, sheets: {}, places: {}, notes: {} };

const STORE = 'desk-drafts';
export const deskName = (origin: string, party: string): string => `${origin} ${party}`;

/** Keeps it on this device, sealed to the member's own encryption key. Rejects when the disk is full; what was kept before stays. */
export async function keepDesk(profile: CryptoProfile, name: string, { publicKey }: BidKey, desk: KeptDesk): Promise<void> {
  const sealed = sealToKey(profile, publicKey, utf8(JSON.stringify(desk)));
  await inStore(STORE, 'readwrite', (store) => store.put(sealed, name));
}

/** What was kept here; the empty desk where nothing was. Null: something lies here that this member's key does not open. */
export async function loadDesk(profile: CryptoProfile, name: string, { key, publicKey }: BidKey): Promise<KeptDesk | null> {
  const sealed = await inStore<Uint8Array | undefined>(STORE, 'readonly', (store) => store.get(name) as IDBRequest<Uint8Array | undefined>);
  if (sealed === undefined) return EMPTY_DESK;
  const content = await openOnDevice(profile, sealed, key, publicKey);
  if (content === null) return null;
  const read = JSON.parse(fromUtf8(content)) as Omit<KeptDesk, 'v'> & { readonly v: number };
  return read.v === 1 ? { ...read, v: 1 } : null;
}
