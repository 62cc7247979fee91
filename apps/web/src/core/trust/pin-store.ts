import { zTrust, type Trust } from '@app/contracts';
import { inStore } from '../device-store.js';

/**
 * Keys that a person compared on this device, by installation. They
 * outlive logging out: whose keys they are does not depend on who is here.
 */
export interface Pins {
  readonly trust: Trust;
  /** When, by this device's clock. */
  readonly since: string;
  /** By a file that the person had, or by comparing the fingerprint of what the venue named. */
  readonly by: 'file' | 'compared';
}

const STORE = 'pins';

/** Null while nothing is pinned; what has not its form any more counts as nothing. */
export async function loadPins(installation: string): Promise<Pins | null> {
  const kept = await inStore<Pins | undefined>(STORE, 'readonly', (store) => store.get(installation) as IDBRequest<Pins | undefined>);
  return kept !== undefined && zTrust.safeParse(kept.trust).success ? kept : null;
}

export const keepPins = async (pins: Pins): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(pins, pins.trust.installation));
};

export const forgetPins = async (installation: string): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.delete(installation));
};
