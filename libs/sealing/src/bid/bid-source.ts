import { fromBase64Url } from '@app/contracts';
import { HEADER_SIZE, unwrapHeader } from '../age/age-header.js';
import { payloadSource } from '../age/payload-source.js';
import { boxSecret } from '../box/open-box.js';
import type { ByteSource } from '../container/byte-source.js';
import { partOf } from '../container/byte-source.js';
import { readContainer } from '../container/container-reader.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidPart } from './bid-index.js';
import { fileKeyFits, INNER_HEADER_REACH, innerFormOf, innerHeaderOf } from './inner-header.js';
import type { BidBox } from './open-bid.js';
import { partFileKey } from './walk-parts.js';

/** A part as a source of bytes; null when the bid has none at its place. */
export type PartSource = (part: Pick<BidPart, 'id' | 'place'>) => Promise<ByteSource | null>;

/**
 * The parts of a bid, read where they lie: both layers are opened chunk by chunk as their bytes are asked for, so a page of a part of two
 * gigabytes costs that page. For a bid that was opened before: that it is the bid delivered was checked then, as a whole; here every byte is
 * authenticated under the same keys. Null when the keys are not those of this ciphertext. Throws PayloadError, HeaderError or
 * ContainerError when bytes were changed.
 */
export async function bidParts(
  profile: CryptoProfile,
  { manifest, master }: BidBox,
  ciphertext: ByteSource,
  fileKey: string,
): Promise<PartSource | null> {
  const { primitives } = profile;
  const secret = boxSecret(profile, manifest, master);
  if (secret === null || ciphertext.size !== manifest.ciphertext.size) return null;
  const outerKey = unwrapHeader(primitives, await ciphertext.read(0, HEADER_SIZE), secret);
  if (outerKey === null) return null;
  const inner = await payloadSource(primitives, outerKey, partOf(ciphertext, HEADER_SIZE));
  const begin = await inner.read(0, Math.min(inner.size, INNER_HEADER_REACH));
  const form = innerFormOf(begin);
  if (form === null || !fileKeyFits(profile, innerHeaderOf(begin) ?? '', fileKey)) return null;
  const key = fromBase64Url(fileKey);
  const container = form.v === 1 ? await payloadSource(primitives, key, partOf(inner, HEADER_SIZE)) : inner;
  const placed = new Map((await readContainer(container)).map((file) => [file.name, file]));
  return async ({ id, place }) => {
    const file = placed.get(place);
    if (file === undefined) return null;
    const content = partOf(container, file.offset, file.offset + file.size);
    if (form.v === 1) return content;
    const partKey = partFileKey(profile, key, id, await content.read(0, HEADER_SIZE));
    return payloadSource(primitives, partKey, partOf(content, HEADER_SIZE));
  };
}
