import { fromBase64Url, toBase64Url } from '@app/contracts';
import { HEADER_SIZE, unwrapHeader } from '../age/age-header.js';
import { payloadSource } from '../age/payload-source.js';
import type { BoxManifest } from '../box/manifest.js';
import { boxSecret } from '../box/sealed-box.js';
import type { ByteSource } from '../container/byte-source.js';
import { partOf } from '../container/byte-source.js';
import { readContainer } from '../container/container-reader.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { fileKeyFits } from './bid-package.js';

/**
 * The files of a bid, read where they lie: both layers are opened chunk by chunk as their bytes are asked for, so a page of a file of two
 * gigabytes costs that page. For a bid that was opened before: that it is the bid delivered was checked then, as a whole; here every byte is
 * authenticated under the same keys. Null when the keys are not those of this ciphertext. Throws PayloadError or ContainerError when bytes
 * were changed.
 */
export async function bidFiles(
  profile: CryptoProfile,
  manifest: BoxManifest,
  ciphertext: ByteSource,
  keys: { readonly master: string; readonly fileKey: string },
): Promise<ReadonlyMap<string, ByteSource> | null> {
  const { primitives } = profile;
  const secret = boxSecret(profile, manifest, keys.master);
  if (secret === null || ciphertext.size !== manifest.ciphertext.size) return null;
  const outerKey = unwrapHeader(primitives, await ciphertext.read(0, HEADER_SIZE), secret);
  if (outerKey === null) return null;
  const inner = await payloadSource(primitives, outerKey, partOf(ciphertext, HEADER_SIZE));
  const header = toBase64Url(await inner.read(0, HEADER_SIZE));
  if (!fileKeyFits(profile, header, keys.fileKey)) return null;
  const container = await payloadSource(primitives, fromBase64Url(keys.fileKey), partOf(inner, HEADER_SIZE));
  const placed = await readContainer(container);
  return new Map(placed.map(({ name, offset, size }) => [name, partOf(container, offset, offset + size)]));
}
