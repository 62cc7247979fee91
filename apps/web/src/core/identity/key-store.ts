import type { DeviceKey } from '@app/sealing';
import { inStore } from '../device-store.js';

/**
 * Where the browser keeps the person's key between visits: one record in IndexedDB. The key in it is a non-extractable
 * `CryptoKey`: pages may ask it to sign, nobody can read it out. Logging out deletes the record.
 */
export interface KeptIdentity {
  readonly name: string;
  readonly organisation: string | null;
  /** X.509 DER, base64url. */
  readonly certificate: string;
  readonly key: DeviceKey;
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
