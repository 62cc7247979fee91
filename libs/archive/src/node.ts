import type { WebBundle } from '@app/contracts';
import { WEB_MANIFEST, WEB_RELEASE, zWebBundle } from '@app/contracts';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Digests } from './digests.js';

export { openFile } from '@app/sealing/node';
export { readBytes, readJson, readTrust, UnreadableFile } from './node/files.js';

/** The same digests as the portable ones, as fast as the machine can. */
export const NODE_DIGESTS: Digests = {
  sha256: () => {
    const hash = createHash('sha256');
    return { update: (chunk) => hash.update(chunk), hex: () => hash.digest('hex') };
  },
  crc32: (bytes, before) => crc32(bytes, before),
};

/** The web client that was built into a folder; null where there is none, or one from before there was a manifest. */
export function readBuiltBundle(folder: string): WebBundle | null {
  const [manifest, release] = [join(folder, WEB_MANIFEST), join(folder, WEB_RELEASE)];
  if (!existsSync(manifest) || !existsSync(release)) return null;
  const hash = createHash('sha256').update(readFileSync(manifest)).digest('hex');
  return zWebBundle.safeParse({ release: readFileSync(release, 'utf8').trim(), manifest: hash }).data ?? null;
}
