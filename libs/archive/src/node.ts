import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ByteSource } from '@app/sealing';
import type { Digests } from './digests.js';

/** A file as a source of bytes. Whoever opens it closes it, after the last read. */
export interface FileSource extends ByteSource {
  readonly close: () => Promise<void>;
}

/** Throws when there is no such file or it can not be read. */
export async function openFile(path: string): Promise<FileSource> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const buffer = new Uint8Array(Math.max(0, Math.min(to, size) - from));
    for (let at = 0; at < buffer.length;) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, from + at);
      if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
      at += bytesRead;
    }
    return buffer;
  };
  return { size, read, close: () => handle.close() };
}

/** The same digests as the portable ones, as fast as the machine can. */
export const NODE_DIGESTS: Digests = {
  sha256: () => {
    const hash = createHash('sha256');
    return { update: (chunk) => hash.update(chunk), hex: () => hash.digest('hex') };
  },
  crc32: (bytes, before) => crc32(bytes, before),
};
