/**
 * What this browser keeps between visits: the person's key, those by which a member acts in a lot, those that a trustee keeps, the keys that a
 * person compared, the bids that are being made, the lots that are being written, and what
 * a member has at the desk, sealed for himself. One record store each, in IndexedDB.
 */
const STORES = ['identity', 'pins', 'lot-keys', 'keeper-keys', 'bids', 'lot-drafts', 'desk-drafts'] as const;
const DATABASE = 'gongping';
/** One more with every new store. */
const VERSION = STORES.length;

/** Does one thing in a store. Rejects with `QuotaExceededError` when the disk is full; then nothing of it was done. */
export async function inStore<T>(
  name: (typeof STORES)[number],
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(name, mode);
    // A request succeeds before its bytes are on the disk; only the transaction's end says that they are.
    const [result] = await Promise.all([settled(act(transaction.objectStore(name))), committed(transaction)]);
    return result;
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

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('IndexedDB gave up'));
    };
  });
}
