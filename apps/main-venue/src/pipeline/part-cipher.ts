import type { PartCipher } from '@app/ledger/store';
import type { CryptoProfile } from '@app/sealing';
import { utf8 } from '@app/contracts';

const NONCE_SIZE = 12;
const NONCES_DRAWN = 512;
const LOT_KEYS_MAX = 10_000;

/**
 * Parts on disk: sealed with a key per log (made from the storage key and the origin), the part's place under the tag, so a
 * ciphertext that was moved to another row or log does not open.
 */
export class StorageCipher implements PartCipher {
  readonly #keys = new Map<string, Uint8Array>();
  #nonces: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(
    private readonly profile: CryptoProfile,
    private readonly storageKey: Uint8Array,
  ) {}

  seal(origin: string, place: string, plaintext: Uint8Array): Uint8Array {
    const nonce = this.#nonce();
    const name = Buffer.from(place);
    // The place goes in front of the text: `aeadSeal` takes no associated data.
    const inner = Buffer.allocUnsafe(1 + name.length + plaintext.length);
    inner[0] = name.length;
    inner.set(name, 1);
    inner.set(plaintext, 1 + name.length);
    const body = this.profile.primitives.aeadSeal(this.#key(origin), nonce, inner);
    const out = new Uint8Array(NONCE_SIZE + body.length);
    out.set(nonce);
    out.set(body, NONCE_SIZE);
    return out;
  }

  open(origin: string, place: string, ciphertext: Uint8Array): Uint8Array {
    const inner = this.profile.primitives.aeadOpen(this.#key(origin), ciphertext.subarray(0, NONCE_SIZE), ciphertext.subarray(NONCE_SIZE));
    const length = inner[0] ?? 0;
    if (Buffer.from(inner.subarray(1, 1 + length)).toString() !== place) throw new Error(`a part of another place lies at ${place}`);
    return inner.subarray(1 + length);
  }

  #key(origin: string): Uint8Array {
    const known = this.#keys.get(origin);
    if (known !== undefined) return known;
    const key = this.profile.mac(this.storageKey, utf8(`gongping/part/v1\n${origin}`));
    if (this.#keys.size >= LOT_KEYS_MAX) this.#keys.clear();
    this.#keys.set(origin, key);
    return key;
  }

  /** Nonces are drawn many at a time: the call costs more than its bytes. */
  #nonce(): Uint8Array {
    if (this.#at === this.#nonces.length) {
      this.#nonces = this.profile.primitives.randomBytes(NONCE_SIZE * NONCES_DRAWN);
      this.#at = 0;
    }
    this.#at += NONCE_SIZE;
    return this.#nonces.subarray(this.#at - NONCE_SIZE, this.#at);
  }
}
