import type { BlobStore } from '@app/blobs';
import { buffer } from 'node:stream/consumers';
import { BlobReader } from '../core/ports.js';

/** Ciphertexts whole in memory, for the duties that open a bid in one piece; UPLOAD_BYTES_MAX bounds them. */
export class WholeBlobs extends BlobReader {
  constructor(private readonly blobs: Pick<BlobStore, 'open'>) {
    super();
  }

  async read(hash: string): Promise<Uint8Array | null> {
    const content = await this.blobs.open(hash);
    return content === null ? null : buffer(content);
  }
}
