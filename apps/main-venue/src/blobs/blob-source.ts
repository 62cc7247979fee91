import type { BlobStore } from '@app/blobs';
import { DomainError } from '@app/platform';
import type { ByteSource } from '@app/sealing';
import { buffer } from 'node:stream/consumers';

/** A stored file as a source of bytes; null when it is not here. */
export async function blobSource(blobs: Pick<BlobStore, 'size' | 'open'>, hash: string): Promise<ByteSource | null> {
  const size = await blobs.size(hash);
  if (size === null) return null;
  async function* stream(from: number, to: number): AsyncGenerator<Uint8Array> {
    const content = await blobs.open(hash, { from, to });
    if (content === null) throw new DomainError('NOT_FOUND', `The file ${hash} is not here any more.`);
    yield* content as AsyncIterable<Uint8Array>;
  }
  return { size, stream, read: (from, to) => buffer(stream(from, to)) };
}
