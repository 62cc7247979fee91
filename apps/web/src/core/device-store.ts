/**
 * What this browser keeps between visits: the person's key, those by which a member acts in a lot, those that a trustee keeps, and the keys that a person compared. One
 * record store each, in IndexedDB.
 */
const STORES = ['identity', 'pins', 'lot-keys', 'keeper-keys'] as const;
const DATABASE = 'gongping';
/** One more with every new store. */
const VERSION = STORES.length;

/** Does one thing in a store. */
export async function inStore<T>(
  name: (typeof STORES)[number],
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await settled(act(database.transaction(name, mode).objectStore(name)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const name of STORES) if (!result.objectStoreNames.contains(name)) result.createObjectStore(name);
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
