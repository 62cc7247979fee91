import type { JsonValue, SigningPurpose } from '@app/contracts';
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@app/contracts';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { signWith } from '@app/sealing';

const NONCE_SIZE = 12;
const KEY_SIZE = 32;

/**
 * What a site needs of the sealing library: the installation's hash, its node's signature, and ciphertext for its own disk.
 * Each blob has a key of its own, made from the storage key and from what the blob is about, so one that was moved to another
 * row does not open.
 */
export class SiteCrypto {
  readonly #storageKey: Uint8Array;
  /** `storageKey`: 32 bytes, base64url. */
  constructor(
    readonly profile: CryptoProfile,
    readonly signer: LocalSigner,
    storageKey: string,
  ) {
    this.#storageKey = fromBase64Url(storageKey);
    if (this.#storageKey.length !== KEY_SIZE) throw new RangeError(`a storage key has ${String(KEY_SIZE)} bytes`);
  }

  get nodeKey(): string {
    return this.signer.publicKey;
  }

  hashHex(bytes: Uint8Array): string {
    return this.profile.hashHex(bytes);
  }

  seal(plain: Uint8Array, about: string): Uint8Array {
    const { primitives } = this.profile;
    const nonce = primitives.randomBytes(NONCE_SIZE);
    return concatBytes(nonce, primitives.aeadSeal(this.profile.mac(this.#storageKey, utf8(about)), nonce, plain));
  }

  /** Throws when the blob, or what it is about, was changed. */
  open(sealed: Uint8Array, about: string): Uint8Array {
    const key = this.profile.mac(this.#storageKey, utf8(about));
    return this.profile.primitives.aeadOpen(key, sealed.subarray(0, NONCE_SIZE), sealed.subarray(NONCE_SIZE));
  }

  /** A mark that only this site can make, base64url. */
  mark(text: string): string {
    return toBase64Url(this.profile.mac(this.#storageKey, utf8(`mark\n${text}`)));
  }

  sign(purpose: SigningPurpose, value: JsonValue): string {
    return signWith(this.signer, purpose, value);
  }
}
