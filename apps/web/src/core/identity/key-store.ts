import type { DeviceKey } from '@app/sealing';

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

const DATABASE = 'gongping';
const STORE = 'identity';
const CURRENT = 'current';

export const loadKept = async (): Promise<KeptIdentity | null> =>
  (await inStore<KeptIdentity | undefined>('readonly', (store) => store.get(CURRENT) as IDBRequest<KeptIdentity | undefined>)) ?? null;

export const keep = async (identity: KeptIdentity): Promise<void> => {
  await inStore('readwrite', (store) => store.put(identity, CURRENT));
};

export const forget = async (): Promise<void> => {
  await inStore('readwrite', (store) => store.delete(CURRENT));
};

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE);
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB failed'));
    };
  });
}
