import type { Opening } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import type { CryptoProfile, KeeperKey } from '@app/sealing';
import { keeperPublicKey } from '@app/sealing';

/**
 * The node's own secrets for a lot. All come out of its storage key, so they survive whatever becomes of the database, and are
 * the same after a restart.
 */
export class NodeSecrets {
  constructor(
    private readonly profile: CryptoProfile,
    private readonly storageKey: Uint8Array,
  ) {}

  keeperKey(origin: string, purpose: string): KeeperKey {
    const privateKey = this.#derive('keeper', origin, purpose);
    return { privateKey, publicKey: keeperPublicKey(this.profile, privateKey) };
  }

  /** A nonce to commit to and later open; the same on every call. */
  nonce(origin: string, use: string): Opening {
    return { salt: this.#derive('nonce-salt', origin, use), text: canonicalText(this.#derive('nonce', origin, use)) };
  }

  /** A challenge that nobody else can foresee; the same on every call. */
  challenge(origin: string, use: string): string {
    return this.#derive('challenge', origin, use);
  }

  /** An expert's pseudonym in one lot: nobody without the key links it to a person or to another lot. */
  pseudonym(origin: string, person: string): string {
    return `c-${this.profile.hashHex(this.#derive('pseudonym', origin, person)).slice(0, 24)}`;
  }

  /** What ties the pseudonyms of a lot to persons; committed to with the pool, opened to whoever may check the draw. */
  mappingKey(origin: string): string {
    return this.#derive('mapping', origin, 'draw');
  }

  #derive(use: string, origin: string, name: string): string {
    return toBase64Url(this.profile.mac(this.storageKey, utf8(canonicalText(['gongping/node-secret/v1', use, origin, name]))));
  }
}
