import type { DeviceKey } from '@app/sealing';
import { inStore } from '../device-store.js';

/**
 * Where the browser keeps the person's key between visits: one record in IndexedDB. The keys in it are non-extractable
 * `CryptoKey`s: pages may ask them to sign and to open, nobody can read them out. Logging out deletes the record.
 */
export interface KeptIdentity {
  readonly name: string;
  readonly organisation: string | null;
  /** X.509 DER, base64url. */
  readonly certificate: string;
  readonly key: DeviceKey;
  /** The key that the person's bids are encrypted to; null for whoever makes none, absent in what an earlier version kept. */
  readonly bidKey?: BidKey | null;
}

/** A key to agree with, and its public half, tagged. */
export interface BidKey {
  readonly key: DeviceKey;
  readonly publicKey: string;
}

const STORE = 'identity';
const CURRENT = 'current';

export const loadKept = async (): Promise<KeptIdentity | null> =>
  (await inStore<KeptIdentity | undefined>(STORE, 'readonly', (store) => store.get(CURRENT) as IDBRequest<KeptIdentity | undefined>)) ??
  null;

export const keep = async (identity: KeptIdentity): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(identity, CURRENT));
};

export const forget = async (): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.delete(CURRENT));
};
