import { concatBytes, utf8 } from '@app/contracts';
import type { Primitives } from '../profile/primitives.js';

/** Payload of the age v1 file format: a 16-byte nonce, then 64 KiB chunks, each sealed under a counter and a last-chunk flag. */
export const PAYLOAD_NONCE_SIZE = 16;
export const CHUNK_SIZE = 64 * 1024;
export const TAG_SIZE = 16;
export const SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE;

/** Thrown when a payload was changed, cut, extended or made with another key. */
export class PayloadError extends Error {
  constructor(reason: string) {
    super(`payload does not open: ${reason}`);
    this.name = 'PayloadError';
  }
}

export function payloadKey(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return primitives.derive(fileKey, nonce, utf8('payload'), 32);
}

export function chunkNonce(counter: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  view.setUint32(3, Math.floor(counter / 2 ** 32));
  view.setUint32(7, counter % 2 ** 32);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Collects bytes and hands on full chunks, keeping the last one back until it is known to be the last. */
class Chunker {
  readonly #size: number;
  readonly #pending: Uint8Array[] = [];
  #pendingSize = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Chunks that are certainly not the last. */
  push(bytes: Uint8Array): Uint8Array[] {
    if (bytes.length === 0) return [];
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
    if (this.#pendingSize <= this.#size) return [];
    const all = this.rest();
    const full = Math.ceil(all.length / this.#size) - 1;
    this.#pending.push(all.subarray(full * this.#size));
    this.#pendingSize = all.length - full * this.#size;
    return Array.from({ length: full }, (_unused, index) => all.subarray(index * this.#size, (index + 1) * this.#size));
  }

  /** Everything left; the chunker is empty afterwards. */
  rest(): Uint8Array {
    const [first] = this.#pending;
    const all = this.#pending.length === 1 && first !== undefined ? first : concatBytes(...this.#pending);
    this.#pending.length = 0;
    this.#pendingSize = 0;
    return all;
  }
}

/** Seals a payload piece by piece; `end` is called once. The nonce comes with the first output. */
class PayloadSealer {
  readonly #primitives: Primitives;
  readonly #key: Uint8Array;
  readonly #chunker = new Chunker(CHUNK_SIZE);
  #counter = 0;
  #head: Uint8Array | null;

  constructor(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array) {
    this.#primitives = primitives;
    this.#key = payloadKey(primitives, fileKey, nonce);
    this.#head = nonce;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    return [...this.#takeHead(), ...this.#chunker.push(bytes).map((chunk) => this.#seal(chunk, false))];
  }

  end(): Uint8Array[] {
    return [...this.#takeHead(), this.#seal(this.#chunker.rest(), true)];
  }

  #takeHead(): Uint8Array[] {
    const head = this.#head;
    this.#head = null;
    return head === null ? [] : [head];
  }

  #seal(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const sealed = this.#primitives.aeadSeal(this.#key, chunkNonce(this.#counter, isLast), chunk);
    this.#counter += 1;
    return sealed;
  }
}

export function sealPayload(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const sealer = new PayloadSealer(primitives, fileKey, nonce);
  return concatBytes(...sealer.push(plaintext), ...sealer.end());
}

/** Opens nonce and chunks; throws {@link PayloadError}. */
export function openPayload(primitives: Primitives, fileKey: Uint8Array, payload: Uint8Array): Uint8Array {
  if (payload.length < PAYLOAD_NONCE_SIZE + TAG_SIZE) throw new PayloadError('cut off');
  const key = payloadKey(primitives, fileKey, payload.subarray(0, PAYLOAD_NONCE_SIZE));
  const body = payload.subarray(PAYLOAD_NONCE_SIZE);
  const count = Math.ceil(body.length / SEALED_CHUNK_SIZE);
  const out: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const isLast = index === count - 1;
    const chunk = body.subarray(index * SEALED_CHUNK_SIZE, (index + 1) * SEALED_CHUNK_SIZE);
    if (isLast && index > 0 && chunk.length <= TAG_SIZE) throw new PayloadError('empty last chunk');
    try {
      out.push(primitives.aeadOpen(key, chunkNonce(index, isLast), chunk));
    } catch {
      throw new PayloadError(`chunk ${index}`);
    }
  }
  return concatBytes(...out);
}
