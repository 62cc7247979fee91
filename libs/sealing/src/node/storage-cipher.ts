import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Cipheriv, KeyObject } from 'node:crypto';

const CIPHER = 'aes-256-ctr';
const BLOCK_SIZE = 16;
const NONCE_SIZE = BLOCK_SIZE - 4;
/** Blocks under one nonce: the counter has 32 bits, and a stream that is renewed long before never meets its end. */
const STREAM_BLOCKS_MAX = 2 ** 28;

/**
 * Bytes on disk under one key of the installation. A ciphertext is its 16-byte counter block and as many bytes as the plaintext. Texts are
 * sealed, none of which ends in a zero byte: whoever must hide how long one is puts zeros behind it, which opening takes off again.
 *
 * It hides, it does not authenticate: whoever opens compares with the commitment that the ledger keeps of every plaintext, which no
 * tag on the same disk could replace. So a stream is enough, and one call serves all parts of a transaction; a sealed text of its
 * own for each part took a tenth of a command's time.
 */
export class StorageCipher {
  readonly #key: KeyObject;
  #stream: Cipheriv | null = null;
  readonly #nonce = Buffer.alloc(NONCE_SIZE);
  #block = 0;

  /** `storageKey`: 32 bytes that never leave the node. */
  constructor(storageKey: Uint8Array) {
    this.#key = createSecretKey(createHmac('sha256', storageKey).update('gongping/storage/v2').digest());
  }

  /** One ciphertext for each plaintext, in order. */
  seal(plaintexts: readonly Uint8Array[]): Uint8Array[] {
    const joined = join(plaintexts);
    const stream = this.#streamFor(joined.length / BLOCK_SIZE);
    const body = stream.update(joined);
    let at = 0;
    return plaintexts.map(({ length }) => {
      const out = Buffer.allocUnsafe(BLOCK_SIZE + length);
      this.#nonce.copy(out);
      out.writeUInt32BE(this.#block, NONCE_SIZE);
      body.copy(out, BLOCK_SIZE, at, at + length);
      at += blocks(length) * BLOCK_SIZE;
      this.#block += blocks(length);
      return out;
    });
  }

  /** One plaintext for each ciphertext. Throws RangeError on one that is shorter than its counter block; a changed one gives other bytes. */
  open(ciphertexts: readonly Uint8Array[]): Uint8Array[] {
    const opened: Uint8Array[] = [];
    // What was sealed together lies in one run of blocks, and a call for each would cost more than the bytes.
    for (let from = 0; from < ciphertexts.length; from = opened.length) opened.push(...this.#openRun(ciphertexts, from));
    return opened;
  }

  #openRun(ciphertexts: readonly Uint8Array[], from: number): Uint8Array[] {
    const bodies: Uint8Array[] = [];
    const iv = counterOf(ciphertexts[from]);
    let next = iv.readUInt32BE(NONCE_SIZE);
    for (let at = from; at < ciphertexts.length; at += 1) {
      const counter = counterOf(ciphertexts[at]);
      if (counter.readUInt32BE(NONCE_SIZE) !== next || counter.compare(iv, 0, NONCE_SIZE, 0, NONCE_SIZE) !== 0) break;
      const body = ciphertexts[at]?.subarray(BLOCK_SIZE) ?? counter;
      bodies.push(body);
      next += blocks(body.length);
    }
    const plain = createDecipheriv(CIPHER, this.#key, iv).update(join(bodies));
    let at = 0;
    return bodies.map(({ length }) => {
      const one = new Uint8Array(plain.buffer, plain.byteOffset + at, length);
      at += blocks(length) * BLOCK_SIZE;
      return withoutPadding(one);
    });
  }

  #streamFor(count: number): Cipheriv {
    if (this.#stream !== null && this.#block + count <= STREAM_BLOCKS_MAX) return this.#stream;
    randomBytes(NONCE_SIZE).copy(this.#nonce);
    this.#block = 0;
    this.#stream = createCipheriv(CIPHER, this.#key, Buffer.concat([this.#nonce, uint32(0)]));
    return this.#stream;
  }
}

const blocks = (length: number): number => Math.ceil(length / BLOCK_SIZE);

function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (bytes[end - 1] === 0) end -= 1;
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}

/** Pieces one after the other, each from a block's beginning on. */
function join(pieces: readonly Uint8Array[]): Buffer {
  const size = pieces.reduce((sum, { length }) => sum + blocks(length) * BLOCK_SIZE, 0);
  // Zeros between the pieces: what lay in the memory before is nobody's to encrypt.
  const joined = Buffer.alloc(size);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += blocks(piece.length) * BLOCK_SIZE;
  }
  return joined;
}

function counterOf(ciphertext: Uint8Array | undefined): Buffer {
  if (ciphertext === undefined || ciphertext.length < BLOCK_SIZE) throw new RangeError('ciphertext shorter than its counter block');
  return Buffer.from(ciphertext.buffer, ciphertext.byteOffset, BLOCK_SIZE);
}

function uint32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}
