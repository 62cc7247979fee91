import type { JsonValue } from '@app/contracts';
import { checkRelease, isEncryptionKey } from '@app/sealing';
import { profileFor } from '../lot/index.js';
import type { LotState } from '../kernel/state.js';

/**
 * Null, or why shares cannot be wrapped to this key. A point of small order, or a key that some keeper has already, would make every
 * bidder's client refuse to seal: one keeper could block the lot.
 */
export function purposeKeyFault(state: LotState, publicKey: string): string | null {
  if (!isEncryptionKey(profileFor(state), publicKey)) return 'not a key of this profile that something can be sealed to';
  const isTaken = Object.values(state.keepers.published).some((keys) => Object.values(keys).includes(publicKey));
  return isTaken ? 'this key was published already; a keeper makes a new one for every purpose' : null;
}

/** Whether a released private key belongs to the published public one. */
export const keyFits = (state: LotState, privateKey: JsonValue | undefined, publicKey: string): boolean =>
  typeof privateKey === 'string' && checkRelease(profileFor(state), { party: 'keeper', publicKey }, privateKey) === null;
