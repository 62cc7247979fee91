import { deviceSigner, importDeviceKey, type CryptoProfile, type DeviceKey, type Signer } from '@app/sealing';
import { inStore } from '../device-store.js';

/** A key of one lot, by which a member of the committee is checked where his name is secret. No key serves two lots, so none links them. */
interface KeptLotKey {
  readonly publicKey: string;
  readonly key: DeviceKey;
}
const STORE = 'lot-keys';

/** The key of this party in this lot on this device, made at first use and kept as the person's own is: nobody can read it out. */
export async function lotKeyOf(profile: CryptoProfile, origin: string, party: string): Promise<Signer> {
  const name = `${origin} ${party}`;
  const kept = await inStore<KeptLotKey | undefined>(STORE, 'readonly', (store) => store.get(name) as IDBRequest<KeptLotKey | undefined>);
  const { key, publicKey } = kept ?? (await make(profile, name));
  return deviceSigner(key, publicKey);
}

async function make(profile: CryptoProfile, name: string): Promise<KeptLotKey> {
  const { publicKey, privateKey } = profile.generateSigner();
  const made = { publicKey, key: await importDeviceKey(privateKey) };
  await inStore(STORE, 'readwrite', (store) => store.put(made, name));
  return made;
}

/** Whoever logs out leaves no key here; the next sitting binds another. */
export const forgetLotKeys = async (): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.clear());
};
