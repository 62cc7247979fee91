import { DomainError } from '@app/platform';
import { FileSource } from './file-source.js';

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Throws MALFORMED unless `text` is a hash: nothing else ever becomes the name of a file. */
export function requireHash(text: string): string {
  if (!isHash(text)) throw new DomainError('MALFORMED', 'A file is named by its hash, 64 lower-case hexadecimal digits.');
  return text;
}

/**
 * Bytes by their SHA-256 hash. What is here under a hash is whole, is on the disk, and never changes; half of a file is never here.
 * Every method throws MALFORMED on a name that is no hash, and STORAGE_FULL when there is no room.
 */
export abstract class BlobStore extends FileSource {
  /**
   * Path under which this machine's threads may read the file, for work that goes over all of it; null when it is not here. Whoever has it
   * reads only, and soon: the file may be removed.
   */
  abstract path(hash: string): Promise<string | null>;
  /** Keeps what comes; returns when it is on the disk. Throws HASH_MISMATCH, and keeps nothing, when it has another hash. */
  abstract put(hash: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Takes a file over that is on the disk already and whose hash the caller has computed; `path` is gone afterwards. */
  abstract adopt(hash: string, path: string): Promise<void>;
  /** Nothing happens when it is not here. */
  abstract remove(hash: string): Promise<void>;
  /** Of every file that is here now, in no order. */
  abstract hashes(): Promise<string[]>;

  async has(hash: string): Promise<boolean> {
    return (await this.size(hash)) !== null;
  }
}
