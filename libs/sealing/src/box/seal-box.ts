import { concatBytes, fromBase64Url, toBase64Url } from '@app/contracts';
import type { FileSecrets } from '../age/age-file.js';
import { FileSealer } from '../age/age-file.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { StreamHash, StreamTools, Work } from '../profile/stream-work.js';
import { atOnce, settled, toolsOf } from '../profile/stream-work.js';
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
  const sealer = new BoxSealer(profile, request, toolsOf(profile.primitives), master);
  const ciphertext = concatBytes(...atOnce(sealer.push(plaintext)), ...atOnce(sealer.end()));
  return { manifest: atOnce(sealer.manifest()), ciphertext, master: sealer.master };
}

/** Seals a box piece by piece: `push` any number of times, `end` once, then `manifest`. Throws on a bad key or impossible terms. */
export class BoxSealer {
  /** See {@link SealedBox}. */
  readonly master: string;
  readonly #profile: CryptoProfile;
  readonly #request: BoxRequest;
  readonly #dealing: Dealing;
  readonly #body: BodySealer;

  constructor(profile: CryptoProfile, request: BoxRequest, tools: StreamTools, master = profile.primitives.randomBytes(MASTER_SIZE)) {
    this.master = toBase64Url(master);
    this.#profile = profile;
    this.#request = request;
    this.#dealing = deal(profile, { profile: profile.id, ...request }, master);
    this.#body = new BodySealer(profile, this.#dealing, tools);
    const fault = shapeFault({ threshold: request.threshold, keepers: request.keepers });
    if (fault !== null) throw new Error(fault.message);
  }

  push(...plaintext: readonly Uint8Array[]): Work<Uint8Array[]> {
    return this.#body.push(...plaintext);
  }

  end(): Work<Uint8Array[]> {
    return this.#body.end();
  }

  *manifest(): Work<BoxManifest> {
    const { purpose, context, threshold, keepers } = this.#request;
    return zBoxManifest.parse({
      v: 1,
      profile: this.#profile.id,
      purpose,
      context,
      threshold,
      keepers: keepers.map(({ party, publicKey }, at) => ({ party, publicKey, wrap: this.#dealing.wraps[at] })),
      boxKey: this.#dealing.boxKey,
      ...(yield* this.#body.facts()),
    });
  }
}

/** The body is a file that public tools open with {@link boxIdentity}; all of it follows from master and plaintext. */
export class BodySealer {
  readonly #file: FileSealer;
  readonly #ciphertext: StreamHash;
  readonly #plaintext: StreamHash;
  /** What stands before the plaintext where it is hashed, until it was hashed. */
  readonly #salt: Uint8Array[];
  #size = 0;

  constructor({ primitives }: CryptoProfile, dealing: Dealing, tools: StreamTools) {
    this.#file = new FileSealer(primitives, bodySecrets(dealing), tools);
    this.#ciphertext = tools.newHash();
    this.#plaintext = tools.newHash();
    this.#salt = [fromBase64Url(dealing.plaintextSalt)];
  }

  *push(...plaintext: readonly Uint8Array[]): Work<Uint8Array[]> {
    for (const piece of [...this.#salt.splice(0), ...plaintext]) yield* settled(this.#plaintext.update(piece));
    return yield* this.#counted(yield* this.#file.push(...plaintext));
  }

  *end(): Work<Uint8Array[]> {
    const rest = yield* this.push();
    return [...rest, ...(yield* this.#counted(yield* this.#file.end()))];
  }

  /** What the manifest says of the body; asked once, at the end. */
  *facts(): Work<Pick<BoxManifest, 'ciphertext' | 'plaintext'>> {
    const hash = yield* settled(this.#ciphertext.hex());
    return { ciphertext: { hash, size: this.#size }, plaintext: yield* settled(this.#plaintext.hex()) };
  }

  *#counted(pieces: Uint8Array[]): Work<Uint8Array[]> {
    for (const piece of pieces) {
      yield* settled(this.#ciphertext.update(piece));
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
