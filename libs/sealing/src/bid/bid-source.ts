import { HEADER_SIZE, identityKey, unwrapHeader } from '../age/age-header.js';
import { PAYLOAD_NONCE_SIZE, SEALED_CHUNK_SIZE } from '../age/age-stream.js';
import { payloadSource } from '../age/payload-source.js';
import { boxSecret } from '../box/open-box.js';
import type { ByteSource } from '../container/byte-source.js';
import { partOf } from '../container/byte-source.js';
import type { PlacedFile } from '../container/container-reader.js';
import { placedFiles } from '../container/container-reader.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { partPlace } from './bid-index.js';
import { beginsSealed } from './inner-header.js';
import type { BidBox } from './open-bid.js';

/**
 * How a bid's ciphertext is cut: a head, then sealed chunks of one size. Whoever fetches it piece by piece fetches along these cuts, since a
 * chunk opens as a whole or not at all.
 */
export const BID_CUTS = { head: HEADER_SIZE + PAYLOAD_NONCE_SIZE, chunk: SEALED_CHUNK_SIZE } as const;

/**
 * A part as a source of bytes, for whoever holds its own key (`AGE-SECRET-KEY-1…`, as `partKeys` writes it) and no other secret of the bid.
 * Null when the bid has no such part, or the key is not that part's. Throws PayloadError or HeaderError when bytes were changed.
 */
export type PartSource = (id: string, key: string) => Promise<ByteSource | null>;

/**
 * The parts of a bid of form 2, read where they lie: both layers are opened chunk by chunk as their bytes are asked for, so a page of a part of
 * two gigabytes costs that page. For a bid that was opened before: that it is the bid delivered was checked then, as a whole; here every byte
 * is authenticated under the same keys. Null when the master is not that of this ciphertext, and for a bid of form 1, whose parts have no keys
 * of their own. Throws PayloadError, HeaderError or ContainerError when bytes were changed.
 */
export async function bidParts(profile: CryptoProfile, { manifest, master }: BidBox, ciphertext: ByteSource): Promise<PartSource | null> {
  const { primitives } = profile;
  const secret = boxSecret(profile, manifest, master);
  if (secret === null || ciphertext.size !== manifest.ciphertext.size) return null;
  const outerKey = unwrapHeader(primitives, await ciphertext.read(0, HEADER_SIZE), secret);
  if (outerKey === null) return null;
  const container = await payloadSource(primitives, outerKey, partOf(ciphertext, HEADER_SIZE));
  if (beginsSealed(await container.read(0, HEADER_SIZE))) return null;
  const placed = new Map<string, PlacedFile>((await placedFiles(container)).map((file) => [file.name, file]));
  return async (id, key) => {
    const file = placed.get(partPlace(id));
    const identity = identityKey(key);
    if (file === undefined || identity === null) return null;
    const content = partOf(container, file.offset, file.offset + file.size);
    const fileKey = unwrapHeader(primitives, await content.read(0, HEADER_SIZE), identity);
    return fileKey === null ? null : payloadSource(primitives, fileKey, partOf(content, HEADER_SIZE));
  };
}
