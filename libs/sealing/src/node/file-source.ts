import { open } from 'node:fs/promises';
import type { ByteSource } from '../container/byte-source.js';
import { SOURCE_CHUNK_BYTES } from '../container/byte-source.js';

/** A file as a source of bytes. Whoever opens it closes it, after the last read. */
export interface FileSource extends ByteSource {
  readonly close: () => Promise<void>;
}

/**
 * Throws when there is no such file or it cannot be read. `overwrites`: a chunk of `stream` is good until the next but one is asked for, for
 * whoever uses each at once; fresh memory for every chunk of a gigabyte costs as much as reading it.
 */
export async function openFile(
  path: string,
  { overwrites }: { readonly overwrites: boolean } = { overwrites: false },
): Promise<FileSource> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  const fill = async (buffer: Uint8Array, from: number): Promise<Uint8Array> => {
    for (let at = 0; at < buffer.length;) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, from + at);
      if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
      at += bytesRead;
    }
    return buffer;
  };
  const read = (from: number, to: number): Promise<Uint8Array> => fill(new Uint8Array(Math.max(0, Math.min(to, size) - from)), from);
  /** The next chunk is read while one is used. */
  async function* stream(from: number, to: number): AsyncGenerator<Uint8Array> {
    const end = Math.min(to, size);
    const two = overwrites ? [Buffer.allocUnsafeSlow(SOURCE_CHUNK_BYTES), Buffer.allocUnsafeSlow(SOURCE_CHUNK_BYTES)] : [];
    let turn = 0;
    const memory = (length: number): Uint8Array => two[(turn ^= 1)]?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
    const next = (at: number): Promise<Uint8Array> | null => (at < end ? fill(memory(Math.min(SOURCE_CHUNK_BYTES, end - at)), at) : null);
    let at = from;
    for (let coming = next(at); coming !== null;) {
      const chunk = await coming;
      at += chunk.length;
      coming = next(at);
      // Nobody may be left with a failure that was never waited for.
      coming?.catch(() => undefined);
      yield chunk;
    }
  }
  return { size, read, stream, close: () => handle.close() };
}
