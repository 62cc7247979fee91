import { generateKeeperKey, type CryptoProfile, type KeeperKey, type KeyPlace } from '@app/sealing';
import { inStore } from '../device-store.js';

const STORE = 'keeper-keys';
const nameOf = ({ origin, purpose, party }: KeyPlace): string => `${origin} ${purpose} ${party}`;

/** The key that this device keeps as a trustee (受托人); null when it keeps none. It is what a release tells, so it lies here as it is. */
export const keptKeeperKey = async (place: KeyPlace): Promise<KeeperKey | null> =>
  (await inStore<KeeperKey | undefined>(STORE, 'readonly', (store) => store.get(nameOf(place)) as IDBRequest<KeeperKey | undefined>)) ??
  null;

/**
 * The same, made at first use. It stays when the person logs out, for days or weeks until the release, and it is on the disk before anybody
 * is told its public half.
 */
export async function keeperKeyOf(profile: CryptoProfile, place: KeyPlace): Promise<KeeperKey> {
  const kept = await keptKeeperKey(place);
  if (kept !== null) return kept;
  const made = generateKeeperKey(profile);
  await keepKeeperKey(place, made);
  return made;
}

/** Keeps a key that was made on another device. */
export const keepKeeperKey = async (place: KeyPlace, key: KeeperKey): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(key, nameOf(place)));
};
