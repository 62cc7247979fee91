import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Digests } from './digests.js';

export { openFile } from '@app/sealing/node';

/** The same digests as the portable ones, as fast as the machine can. */
export const NODE_DIGESTS: Digests = {
  sha256: () => {
    const hash = createHash('sha256');
    return { update: (chunk) => hash.update(chunk), hex: () => hash.digest('hex') };
  },
  crc32: (bytes, before) => crc32(bytes, before),
};
