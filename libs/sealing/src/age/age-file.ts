import { concatBytes } from '@app/contracts';
import { FILE_KEY_SIZE, HEADER_SIZE, HeaderError, writeHeader } from './age-header.js';
import { PAYLOAD_NONCE_SIZE, PayloadOpener, PayloadSealer } from './age-stream.js';
import type { Primitives } from '../profile/primitives.js';
import type { StreamTools, Work } from '../profile/stream-work.js';
import { atOnce } from '../profile/stream-work.js';

/** A whole age v1 file of one recipient, piece by piece: header, payload nonce, chunks. */

const HEAD_SIZE = HEADER_SIZE + PAYLOAD_NONCE_SIZE;

/** What a file is made of besides its content. All of it but `recipient` is secret and serves this file only. */
export interface FileSecrets {
  readonly recipient: Uint8Array;
  readonly fileKey: Uint8Array;
  readonly ephemeral: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Secrets of a new file; `fileKey` is given where it must be known before. */
export const freshSecrets = (
  primitives: Primitives,
  recipient: Uint8Array,
  fileKey = primitives.randomBytes(FILE_KEY_SIZE),
): FileSecrets => ({
  recipient,
  fileKey,
  ephemeral: primitives.randomBytes(32),
  nonce: primitives.randomBytes(PAYLOAD_NONCE_SIZE),
});

/** Seals a file in memory; its header are the first {@link HEADER_SIZE} bytes. */
export function sealFile(primitives: Primitives, secrets: FileSecrets, content: Uint8Array): Uint8Array {
  const sealer = new FileSealer(primitives, secrets);
  return concatBytes(...atOnce(sealer.push(content)), ...atOnce(sealer.end()));
}

/** Seals a file; `end` is called once. The same secrets and content give the same bytes. */
export class FileSealer {
  readonly #payload: PayloadSealer;
  #head: Uint8Array[];

  constructor(primitives: Primitives, { recipient, fileKey, ephemeral, nonce }: FileSecrets, tools?: StreamTools) {
    this.#payload = new PayloadSealer(primitives, fileKey, nonce, tools);
    this.#head = [writeHeader(primitives, recipient, fileKey, ephemeral)];
  }

  *push(...pieces: readonly Uint8Array[]): Work<Uint8Array[]> {
    return [...this.#taken(), ...(yield* this.#payload.push(...pieces))];
  }

  *end(): Work<Uint8Array[]> {
    return [...this.#taken(), ...(yield* this.#payload.end())];
  }

  #taken(): Uint8Array[] {
    const head = this.#head;
    this.#head = [];
    return head;
  }
}

/**
 * Opens a file; `end` is called once. `fileKeyOf` is asked once, with header and payload nonce; what it throws goes on to the caller.
 * Throws {@link HeaderError} when the file ends in its head, PayloadError when its payload does not open.
 */
export class FileOpener {
  readonly #primitives: Primitives;
  readonly #fileKeyOf: (header: Uint8Array, nonce: Uint8Array) => Uint8Array;
  readonly #head = new Uint8Array(HEAD_SIZE);
  #filled = 0;
  #payload: PayloadOpener | null = null;

  constructor(primitives: Primitives, fileKeyOf: (header: Uint8Array, nonce: Uint8Array) => Uint8Array) {
    this.#primitives = primitives;
    this.#fileKeyOf = fileKeyOf;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    if (this.#payload !== null) return this.#payload.push(bytes);
    const taken = bytes.subarray(0, HEAD_SIZE - this.#filled);
    this.#head.set(taken, this.#filled);
    this.#filled += taken.length;
    if (this.#filled < HEAD_SIZE) return [];
    const nonce = this.#head.subarray(HEADER_SIZE);
    this.#payload = new PayloadOpener(this.#primitives, this.#fileKeyOf(this.#head.subarray(0, HEADER_SIZE), nonce), nonce);
    return this.#payload.push(bytes.subarray(taken.length));
  }

  end(): Uint8Array[] {
    if (this.#payload === null) throw new HeaderError('cut off');
    return this.#payload.end();
  }
}
