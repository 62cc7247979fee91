import { type BlobStore, requireHash } from '@app/blobs';
import type { UploadFact } from '@app/evaluation';
import { beginsSealed } from '@app/sealing';
import { buffer } from 'node:stream/consumers';

/** Enough for the header of an encrypted package. */
const HEADER_BYTES = 512;

/** What a delivery may say of the file that it names. */
export class UploadFacts {
  constructor(private readonly blobs: Pick<BlobStore, 'open' | 'size'>) {}

  /** Null when nothing whole is there. Throws MALFORMED when `hash` is none. */
  async fact(hash: string): Promise<UploadFact | null> {
    const size = await this.blobs.size(requireHash(hash));
    const head = await this.blobs.open(hash, { from: 0, to: HEADER_BYTES });
    if (size === null || head === null) return null;
    return { hash, size, complete: true, encrypted: beginsSealed(await buffer(head)) };
  }
}
