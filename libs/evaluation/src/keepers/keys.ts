import type { JsonValue } from '@app/contracts';
import type { z } from 'zod';
import { checkKeeperKey, checkRelease, isEncryptionKey } from '@app/sealing';
import { profileFor } from '../lot/index.js';
import type { LotState } from '../kernel/state.js';
import type { zPublishKey } from './commands.js';

/**
 * Null, or why shares cannot be wrapped to this key. A point of small order, or a key that some keeper has already, would make every
 * bidder's client refuse to seal, and a key that nobody holds could never be released: one keeper could block the lot.
 */
export function purposeKeyFault(state: LotState, party: string, { purpose, publicKey, proof }: z.infer<typeof zPublishKey>): string | null {
  const profile = profileFor(state);
  if (!isEncryptionKey(profile, publicKey)) return 'publicKey: not a key of this profile that something can be sealed to';
  const isTaken = Object.values(state.keepers.published).some((keys) => Object.values(keys).includes(publicKey));
  if (isTaken) return 'publicKey: this key was published already; a keeper makes a new one for every purpose';
  return checkKeeperKey(profile, { origin: state.origin, purpose, party }, publicKey, proof)
    ? null
    : 'proof: does not show that you hold the private half of this key';
}

/** Whether a released private key belongs to the published public one. */
export const keyFits = (state: LotState, privateKey: JsonValue | undefined, publicKey: string): boolean =>
  typeof privateKey === 'string' && checkRelease(profileFor(state), { party: 'keeper', publicKey }, privateKey) === null;
