import { fromBase64Url, utf8 } from '@app/contracts';
import { identityText } from '../age/age-header.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidIndex } from './bid-index.js';
import type { PartType } from './part-type.js';

/**
 * Private key of a part: it comes out of the bid's file key and the part's id, so who has the file key has them all, and who has one of
 * them knows nothing of the others.
 */
export const partSecret = (profile: CryptoProfile, fileKey: Uint8Array, id: string): Uint8Array =>
  profile.primitives.derive(fileKey, new Uint8Array(0), utf8(`gongping/bid/v2/part/${id}`), 32);

/** Keys of a bid's parts by type and id, as public tools take them (`age -d -i`). None of a bid of form 1, which has no such keys. */
export function partKeys(profile: CryptoProfile, index: BidIndex, fileKey: string): Partial<Record<PartType, Record<string, string>>> {
  const keys: Partial<Record<PartType, Record<string, string>>> = {};
  if (index.v === 1) return keys;
  const secret = fromBase64Url(fileKey);
  for (const { id, type } of index.parts) (keys[type] ??= {})[id] = identityText(partSecret(profile, secret, id));
  return keys;
}
