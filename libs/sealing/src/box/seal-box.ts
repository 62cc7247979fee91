import { concatBytes, fromBase64Url, toBase64Url } from '@app/contracts';
import type { FileSecrets } from '../age/age-file.js';
import { FileSealer } from '../age/age-file.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { Primitives, RunningHash } from '../profile/primitives.js';
import type { Dealing } from './dealing.js';
import { deal, MASTER_SIZE } from './dealing.js';
import type { BoxKeeper, BoxManifest } from './manifest.js';
import { zBoxManifest } from './manifest.js';
import { shapeFault } from './recovery.js';

export interface BoxRequest {
  readonly purpose: string;
  readonly context: string;
  readonly threshold: number;
  readonly keepers: readonly BoxKeeper[];
}
export interface SealedBox {
  readonly manifest: BoxManifest;
  readonly ciphertext: Uint8Array;
  /** For the dealer to keep if he wants to open early himself; never sent. */
  readonly master: string;
}

/** Seals bytes. `master` is drawn fresh; giving one is for tests and fixtures only, and one master must never seal two contents. */
export function sealBox(profile: CryptoProfile, request: BoxRequest, plaintext: Uint8Array, master?: Uint8Array): SealedBox {
  const sealer = new BoxSealer(profile, request, master);
  const ciphertext = concatBytes(...sealer.push(plaintext), ...sealer.end());
  return { manifest: sealer.manifest(), ciphertext, master: sealer.master };
}

/** Seals a box piece by piece: `push` any number of times, `end` once, then `manifest`. Throws on a bad key or impossible terms. */
export class BoxSealer {
  /** See {@link SealedBox}. */
  readonly master: string;
  readonly #profile: CryptoProfile;
  readonly #request: BoxRequest;
  readonly #dealing: Dealing;
  readonly #body: BodySealer;

  constructor(profile: CryptoProfile, request: BoxRequest, master = profile.primitives.randomBytes(MASTER_SIZE)) {
    this.master = toBase64Url(master);
    this.#profile = profile;
    this.#request = request;
    this.#dealing = deal(profile, { profile: profile.id, ...request }, master);
    this.#body = new BodySealer(profile, this.#dealing);
    const fault = shapeFault({ threshold: request.threshold, keepers: request.keepers });
    if (fault !== null) throw new Error(fault.message);
  }

  push(plaintext: Uint8Array): Uint8Array[] {
    return this.#body.push(plaintext);
  }

  end(): Uint8Array[] {
    return this.#body.end();
  }

  manifest(): BoxManifest {
    const { purpose, context, threshold, keepers } = this.#request;
    return zBoxManifest.parse({
      v: 1,
      profile: this.#profile.id,
      purpose,
      context,
      threshold,
      keepers: keepers.map(({ party, publicKey }, at) => ({ party, publicKey, wrap: this.#dealing.wraps[at] })),
      boxKey: this.#dealing.boxKey,
      ...this.#body.facts(),
    });
  }
}

/** The body is a file that public tools open with {@link boxIdentity}; all of it follows from master and plaintext. */
export class BodySealer {
  readonly #file: FileSealer;
  readonly #ciphertext: RunningHash;
  readonly #plaintext: RunningHash;
  #size = 0;

  constructor({ primitives }: CryptoProfile, dealing: Dealing) {
    this.#file = new FileSealer(primitives, bodySecrets(dealing));
    this.#ciphertext = primitives.newHash();
    this.#plaintext = newCommitment(primitives, dealing);
  }

  push(plaintext: Uint8Array): Uint8Array[] {
    this.#plaintext.update(plaintext);
    return this.#counted(this.#file.push(plaintext));
  }

  end(): Uint8Array[] {
    return this.#counted(this.#file.end());
  }

  /** What the manifest says of the body; asked once, at the end. */
  facts(): Pick<BoxManifest, 'ciphertext' | 'plaintext'> {
    return { ciphertext: { hash: this.#ciphertext.hex(), size: this.#size }, plaintext: this.#plaintext.hex() };
  }

  #counted(pieces: Uint8Array[]): Uint8Array[] {
    for (const piece of pieces) {
      this.#ciphertext.update(piece);
      this.#size += piece.length;
    }
    return pieces;
  }
}

export const bodySecrets = ({ boxPublic, fileKey, fileEphemeral, payloadNonce }: Dealing): FileSecrets => ({
  recipient: boxPublic,
  fileKey,
  ephemeral: fileEphemeral,
  nonce: payloadNonce,
});

/** The manifest's `plaintext`, fed with the plaintext. */
export function newCommitment(primitives: Primitives, { plaintextSalt: salt }: Dealing): RunningHash {
  const running = primitives.newHash();
  running.update(fromBase64Url(salt));
  return running;
}
