import type { UploadFact } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { innerHeaderOf } from '@app/sealing';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobReader } from '../core/ports.js';

/** Largest ciphertext. A bid with drawings and videos stays below it. */
export const UPLOAD_BYTES_MAX = 512 * 1024 * 1024;
/** Enough for the header of an encrypted package. */
const HEADER_BYTES = 512;
const HASH = /^[0-9a-f]{64}$/;

/** One request of a resumable upload. */
export interface Piece {
  readonly hash: string;
  /** Whoever uploads: pieces of two persons never mix, so nobody spoils another's upload. */
  readonly person: string;
  readonly offset: number;
  readonly length: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Ciphertexts on disk under their hash. An upload grows in a file of its own and takes its name only when it is whole and its hash
 * is right (A-91 … A-96: an unfinished transfer is no delivery).
 */
export class BlobStore extends BlobReader {
  readonly #writing = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly profile: CryptoProfile,
  ) {
    super();
  }

  /** Bytes that are there; `complete` when it is the whole file. */
  async offset(hash: string, person: string): Promise<{ size: number; complete: boolean }> {
    const whole = await sizeOf(this.#file(hash));
    if (whole !== null) return { size: whole, complete: true };
    return { size: (await sizeOf(this.#partial(hash, person))) ?? 0, complete: false };
  }

  /** Appends a piece; answers the new offset. Throws WRONG_STATE (another offset is due), TOO_LARGE, E_INPUT (another content). */
  async append(piece: Piece): Promise<number> {
    if (piece.length < 1 || piece.length > UPLOAD_BYTES_MAX) {
      throw new DomainError('TOO_LARGE', `A file has 1 to ${String(UPLOAD_BYTES_MAX)} bytes (UPLOAD_BYTES_MAX).`);
    }
    const there = await this.offset(piece.hash, piece.person);
    if (there.complete) return there.size;
    if (there.size !== piece.offset) throw new DomainError('WRONG_STATE', `The upload goes on at byte ${String(there.size)}.`);
    const file = this.#partial(piece.hash, piece.person);
    if (this.#writing.has(file)) throw new DomainError('WRONG_STATE', 'Another request is writing this upload.');
    this.#writing.add(file);
    try {
      const size = await this.#write(file, piece);
      if (size === piece.length) await this.#finish(file, piece.hash);
      return size;
    } finally {
      this.#writing.delete(file);
    }
  }

  async read(hash: string): Promise<Uint8Array | null> {
    const file = this.#file(hash);
    return (await sizeOf(file)) === null ? null : readFile(file);
  }

  /** What a delivery may say of its file; null when nothing whole is there. */
  async fact(hash: string): Promise<UploadFact | null> {
    const size = await sizeOf(this.#file(hash));
    if (size === null) return null;
    const handle = await open(this.#file(hash), 'r');
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEADER_BYTES), position: 0 });
      return { hash, size, complete: true, encrypted: innerHeaderOf(buffer.subarray(0, bytesRead)) !== null };
    } finally {
      await handle.close();
    }
  }

  async #write(file: string, { offset, length, body }: Piece): Promise<number> {
    await mkdir(join(this.folder, 'partial'), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    let size = offset;
    try {
      for await (const chunk of body) {
        if (size + chunk.length > length) throw new DomainError('TOO_LARGE', 'The piece runs past Upload-Length.');
        await handle.write(chunk);
        size += chunk.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return size;
  }

  async #finish(file: string, hash: string): Promise<void> {
    if (this.profile.hashHex(await readFile(file)) !== hash) {
      await rm(file, { force: true });
      throw new DomainError('E_INPUT', 'The file is not the one that its hash names. Upload it again.');
    }
    await mkdir(join(this.folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 });
    await rename(file, this.#file(hash));
  }

  #file(hash: string): string {
    if (!HASH.test(hash)) throw new DomainError('MALFORMED', 'A file is named by its hash, 64 hexadecimal digits.');
    return join(this.folder, hash.slice(0, 2), hash);
  }
  #partial(hash: string, person: string): string {
    this.#file(hash);
    return join(this.folder, 'partial', `${hash}.${this.profile.hashHex(person).slice(0, 16)}`);
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
