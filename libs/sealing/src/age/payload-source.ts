import type { ByteSource } from '../container/byte-source.js';
import type { Primitives } from '../profile/primitives.js';
import { chunkNonce, CHUNK_SIZE, PAYLOAD_NONCE_SIZE, PayloadError, payloadKey, SEALED_CHUNK_SIZE, TAG_SIZE } from './age-stream.js';

/**
 * A sealed payload as the bytes inside it: whatever part is asked for, the chunks that hold it are read and opened, no others. Every byte
 * that comes out was authenticated; a changed, moved or missing chunk throws {@link PayloadError} when it is reached.
 */
export async function payloadSource(primitives: Primitives, fileKey: Uint8Array, sealed: ByteSource): Promise<ByteSource> {
  const body = sealed.size - PAYLOAD_NONCE_SIZE;
  const count = Math.ceil(body / SEALED_CHUNK_SIZE);
  const lastSize = body - (count - 1) * SEALED_CHUNK_SIZE;
  if (count < 1 || lastSize < TAG_SIZE) throw new PayloadError('cut off');
  if (count > 1 && lastSize === TAG_SIZE) throw new PayloadError('empty last chunk');
  const key = payloadKey(primitives, fileKey, await sealed.read(0, PAYLOAD_NONCE_SIZE));
  const size = body - count * TAG_SIZE;
  const open = (chunk: Uint8Array, index: number): Uint8Array => {
    try {
      return primitives.aeadOpen(key, chunkNonce(index, index === count - 1), chunk);
    } catch {
      throw new PayloadError(`chunk ${index}`);
    }
  };
  return {
    size,
    read: async (from, to) => {
      const end = Math.min(to, size);
      const out = new Uint8Array(Math.max(0, end - from));
      if (out.length === 0) return out;
      const first = Math.floor(from / CHUNK_SIZE);
      const last = Math.floor((end - 1) / CHUNK_SIZE);
      const at = PAYLOAD_NONCE_SIZE + first * SEALED_CHUNK_SIZE;
      const bytes = await sealed.read(at, Math.min(sealed.size, PAYLOAD_NONCE_SIZE + (last + 1) * SEALED_CHUNK_SIZE));
      for (let index = first; index <= last; index += 1) {
        const plain = open(bytes.subarray((index - first) * SEALED_CHUNK_SIZE, (index - first + 1) * SEALED_CHUNK_SIZE), index);
        const begins = index * CHUNK_SIZE;
        const part = plain.subarray(Math.max(0, from - begins), Math.min(plain.length, end - begins));
        out.set(part, Math.max(0, begins - from));
      }
      return out;
    },
  };
}
