import { RequestError } from '@app/client';
import { zBytes, zName } from '@app/contracts';
import { keeperPublicKey, type CryptoProfile, type KeeperKey, type KeyPlace } from '@app/sealing';
import { z } from 'zod';

/** A trustee's key as a file, for the case that the computer breaks. Whoever holds it can release the key: it belongs off line, in a safe. */
const zKeeperFile = z.object({
  origin: z.string().max(200),
  purpose: zName,
  party: zName,
  publicKey: zBytes.min(1).max(400),
  privateKey: zBytes.min(1).max(400),
});

const FILE_SIZE_MAX = 8 * 1024;

export const keeperFile = (place: KeyPlace, key: KeeperKey): string => JSON.stringify({ ...place, ...key }, null, 2);

/** Reads such a file for the key that `place` published. Throws {@link RequestError} `MALFORMED`, or `E_KEY_MISMATCH` for another key. */
export function readKeeperFile(profile: CryptoProfile, text: string, place: KeyPlace, published: string): KeeperKey {
  if (text.length > FILE_SIZE_MAX) throw new RequestError('MALFORMED', 'larger than the file of a key can be');
  const { origin, purpose, party, publicKey, privateKey } = parsed(text);
  const isMine = origin === place.origin && purpose === place.purpose && party === place.party && publicKey === published;
  if (!isMine || publicOf(profile, privateKey) !== published) throw new RequestError('E_KEY_MISMATCH', 'another key');
  return { publicKey, privateKey };
}

function parsed(text: string): z.infer<typeof zKeeperFile> {
  try {
    return zKeeperFile.parse(JSON.parse(text));
  } catch {
    throw new RequestError('MALFORMED', 'not the file of a key');
  }
}

function publicOf(profile: CryptoProfile, privateKey: string): string | null {
  try {
    return keeperPublicKey(profile, privateKey);
  } catch {
    return null;
  }
}
