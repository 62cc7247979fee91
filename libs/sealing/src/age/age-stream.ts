import { concatBytes, utf8 } from '@app/contracts';
import type { Primitives } from '../profile/primitives.js';
import type { ChunkSealer, Later, StreamTools, Work } from '../profile/stream-work.js';
import { allSettled, atOnce, toolsOf } from '../profile/stream-work.js';

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

/** Cuts what comes into chunks, keeping a full one back until it is known not to be the last. */
class Chunker {
  readonly #size: number;
  readonly #kept: Uint8Array;
  #filled = 0;

  constructor(size: number) {
    this.#size = size;
    this.#kept = new Uint8Array(size);
  }

  /** Hands every chunk that is certainly not the last to `take`, whose memory is written again when it has returned. */
  push(bytes: Uint8Array, take: (chunk: Uint8Array) => void): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#filled === this.#size) {
        take(this.#kept);
        this.#filled = 0;
      }
      if (this.#filled === 0 && bytes.length - at > this.#size) {
        take(bytes.subarray(at, at + this.#size));
        at += this.#size;
        continue;
      }
      const piece = bytes.subarray(at, at + this.#size - this.#filled);
      this.#kept.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
    }
  }

  /** Everything left. */
  rest(): Uint8Array {
    return this.#kept.subarray(0, this.#filled);
  }
}

/** Seals a payload piece by piece; `end` is called once. The nonce comes with the first output. */
export class PayloadSealer {
  readonly #seal: ChunkSealer;
  readonly #chunker = new Chunker(CHUNK_SIZE);
  #counter = 0;
  #out: Later<Uint8Array>[];

  constructor(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array, tools: StreamTools = toolsOf(primitives)) {
    this.#seal = tools.chunkSealer(payloadKey(primitives, fileKey, nonce));
    this.#out = [nonce];
  }

  push(...pieces: readonly Uint8Array[]): Work<Uint8Array[]> {
    for (const bytes of pieces)
      this.#chunker.push(bytes, (chunk) => {
        this.#sealed(chunk, false);
      });
    return this.#taken();
  }

  end(): Work<Uint8Array[]> {
    this.#sealed(this.#chunker.rest(), true);
    return this.#taken();
  }

  #sealed(chunk: Uint8Array, isLast: boolean): void {
    this.#out.push(...this.#seal(chunkNonce(this.#counter, isLast), chunk));
    this.#counter += 1;
  }

  #taken(): Work<Uint8Array[]> {
    const out = this.#out;
    this.#out = [];
    return allSettled(out);
  }
}

/** Opens the chunks of a payload, which come after its nonce, piece by piece; `end` is called once. Both throw {@link PayloadError}. */
export class PayloadOpener {
  readonly #primitives: Primitives;
  readonly #key: Uint8Array;
  readonly #chunker = new Chunker(SEALED_CHUNK_SIZE);
  #counter = 0;

  constructor(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array) {
    this.#primitives = primitives;
    this.#key = payloadKey(primitives, fileKey, nonce);
  }

  push(bytes: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    this.#chunker.push(bytes, (chunk) => {
      out.push(this.#open(chunk, false));
    });
    return out;
  }

  end(): Uint8Array[] {
    const last = this.#chunker.rest();
    if (last.length < TAG_SIZE) throw new PayloadError('cut off');
    if (this.#counter > 0 && last.length === TAG_SIZE) throw new PayloadError('empty last chunk');
    return [this.#open(last, true)];
  }

  #open(chunk: Uint8Array, isLast: boolean): Uint8Array {
    try {
      const plain = this.#primitives.aeadOpen(this.#key, chunkNonce(this.#counter, isLast), chunk);
      this.#counter += 1;
      return plain;
    } catch {
      throw new PayloadError(`chunk ${this.#counter}`);
    }
  }
}

export function sealPayload(primitives: Primitives, fileKey: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const sealer = new PayloadSealer(primitives, fileKey, nonce);
  return concatBytes(...atOnce(sealer.push(plaintext)), ...atOnce(sealer.end()));
}

/** Opens nonce and chunks; throws {@link PayloadError}. */
export function openPayload(primitives: Primitives, fileKey: Uint8Array, payload: Uint8Array): Uint8Array {
  if (payload.length < PAYLOAD_NONCE_SIZE + TAG_SIZE) throw new PayloadError('cut off');
  const opener = new PayloadOpener(primitives, fileKey, payload.subarray(0, PAYLOAD_NONCE_SIZE));
  return concatBytes(...opener.push(payload.subarray(PAYLOAD_NONCE_SIZE)), ...opener.end());
}
