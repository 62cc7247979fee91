import { concatBytes, equalBytes, fromBase64Url } from '@app/contracts';
import { FileOpener } from '../age/age-file.js';
import { HeaderError, identityText, writeHeader } from '../age/age-header.js';
import { PayloadError } from '../age/age-stream.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { Primitives, RunningHash } from '../profile/primitives.js';
import { atOnce, toolsOf } from '../profile/stream-work.js';
import type { Dealing } from './dealing.js';
import { boxKeyOf, deal, MASTER_SIZE } from './dealing.js';
import type { BoxFault, BoxManifest } from './manifest.js';
import { boxFault } from './manifest.js';
import { shapeFault, wrapFault } from './recovery.js';
import { BodySealer, bodySecrets } from './seal-box.js';

/**
 * Deals again from the master and compares: null when keys and wraps are exactly what honest dealing gives. `NOT_MASTER` says
 * nothing about the box; any other fault means the dealer lied, and the box is INVALID.
 */
export function checkBox(profile: CryptoProfile, manifest: BoxManifest, master: string): BoxFault | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? notMaster() : dealingFault(manifest, dealing);
}

const notMaster = (): BoxFault => boxFault('NOT_MASTER', 'These bytes are not what the box was dealt from.');

function dealingFault(manifest: BoxManifest, dealing: Dealing): BoxFault | null {
  const shape = shapeFault(manifest);
  if (shape !== null) return shape;
  const liar = manifest.keepers.find((keeper, at) => keeper.wrap !== dealing.wraps[at]);
  return liar === undefined ? null : wrapFault(liar.party);
}

function dealAgain(profile: CryptoProfile, manifest: BoxManifest, master: string): Dealing | null {
  try {
    const secret = fromBase64Url(master);
    if (secret.length !== MASTER_SIZE || boxKeyOf(profile, manifest, secret) !== manifest.boxKey) return null;
    return deal(profile, manifest, secret);
  } catch {
    return null;
  }
}

/** Checks content against manifest and master without the ciphertext: sealing it again must give the ciphertext's hash. */
export function checkContent(profile: CryptoProfile, manifest: BoxManifest, master: string, content: Uint8Array): BoxFault | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? notMaster() : contentFault(profile, manifest, dealing, content);
}

function contentFault(profile: CryptoProfile, manifest: BoxManifest, dealing: Dealing, content: Uint8Array): BoxFault | null {
  const body = new BodySealer(profile, dealing, toolsOf(profile.primitives));
  atOnce(body.push(content));
  atOnce(body.end());
  const { plaintext, ciphertext } = atOnce(body.facts());
  if (plaintext !== manifest.plaintext) return otherContent();
  return ciphertext.hash === manifest.ciphertext.hash ? null : boxFault('BODY', 'The body is not what the master and the content give.');
}

const otherContent = (): BoxFault => boxFault('COMMITMENT', 'The content is not what the manifest committed to.');

export type OpenedBox = { readonly ok: true; readonly content: Uint8Array } | { readonly ok: false; readonly fault: BoxFault };

/** Opens a box and checks everything about it: re-deal, ciphertext, body, commitment. */
export function openBox(profile: CryptoProfile, manifest: BoxManifest, ciphertext: Uint8Array, master: string): OpenedBox {
  const opener = BoxOpener.begin(profile, manifest, master);
  if (!(opener instanceof BoxOpener)) return { ok: false, fault: opener };
  const pieces = [...opener.push(ciphertext), ...opener.end()];
  const fault = opener.fault();
  return fault === null ? { ok: true, content: concatBytes(...pieces) } : { ok: false, fault };
}

/**
 * Opens a box piece by piece: `push` any number of times, `end` once, then `fault`. Nothing that comes out may be believed before `fault`
 * has said that there is none.
 *
 * It does not seal the content again, since that could give no other bytes: header and nonce are compared with those that the master
 * gives, and ChaCha20-Poly1305 has one ciphertext and one tag for a key, a nonce and a plaintext. So a chunk whose tag fits is the chunk
 * that sealing makes, and where chunks begin and end follows from the size alone (RFC 8439 §2.8; age.md, "Payload").
 */
export class BoxOpener {
  readonly #manifest: BoxManifest;
  readonly #file: FileOpener;
  /** Null where both were compared before. */
  readonly #hashes: { readonly ciphertext: RunningHash; readonly plaintext: RunningHash } | null;
  #size = 0;
  #isBroken = false;

  private constructor({ primitives }: CryptoProfile, manifest: BoxManifest, dealing: Dealing, isAgain: boolean) {
    this.#manifest = manifest;
    this.#hashes = isAgain ? null : { ciphertext: primitives.newHash(), plaintext: newCommitment(primitives, dealing) };
    this.#file = new FileOpener(primitives, (header, nonce) => {
      const { recipient, fileKey, ephemeral, nonce: dealt } = bodySecrets(dealing);
      if (!equalBytes(header, writeHeader(primitives, recipient, fileKey, ephemeral)) || !equalBytes(nonce, dealt))
        throw new HeaderError('not the one that the master gives');
      return fileKey;
    });
  }

  /**
   * A fault when this is not the master, or the box was not dealt honestly. `isAgain`: these bytes were opened before without a fault, and
   * their hashes are not compared again; then whoever finds any fault cannot say whose it is.
   */
  static begin(profile: CryptoProfile, manifest: BoxManifest, master: string, isAgain = false): BoxOpener | BoxFault {
    const dealing = dealAgain(profile, manifest, master);
    if (dealing === null) return notMaster();
    return dealingFault(manifest, dealing) ?? new BoxOpener(profile, manifest, dealing, isAgain);
  }

  push(ciphertext: Uint8Array): Uint8Array[] {
    this.#hashes?.ciphertext.update(ciphertext);
    this.#size += ciphertext.length;
    return this.#opened(() => this.#file.push(ciphertext));
  }

  end(): Uint8Array[] {
    return this.#opened(() => this.#file.end());
  }

  fault(): BoxFault | null {
    const { ciphertext, plaintext } = this.#manifest;
    const found = this.#hashes?.ciphertext.hex() ?? ciphertext.hash;
    if (this.#size !== ciphertext.size || found !== ciphertext.hash)
      return boxFault('CIPHERTEXT', 'These are not the bytes that the manifest names.');
    if (this.#isBroken) return boxFault('BODY', 'The body is not one that the master gives.');
    return this.#hashes === null || this.#hashes.plaintext.hex() === plaintext ? null : otherContent();
  }

  /** A body that does not open is read on to its end: whose fault it is, its hash says. */
  #opened(open: () => Uint8Array[]): Uint8Array[] {
    if (this.#isBroken) return [];
    try {
      const pieces = open();
      for (const piece of pieces) this.#hashes?.plaintext.update(piece);
      return pieces;
    } catch (error) {
      if (!(error instanceof HeaderError || error instanceof PayloadError)) throw error;
      this.#isBroken = true;
      return [];
    }
  }
}

/** The manifest's `plaintext`, fed with the plaintext. */
function newCommitment(primitives: Primitives, { plaintextSalt: salt }: Dealing): RunningHash {
  const running = primitives.newHash();
  running.update(fromBase64Url(salt));
  return running;
}

/** Salt behind the manifest's `plaintext`, for who has the master: content and salt then open it like any other commitment. */
export function plaintextSalt(profile: CryptoProfile, manifest: BoxManifest, master: string): string | null {
  return dealAgain(profile, manifest, master)?.plaintextSalt ?? null;
}

/** The box key as public tools take it (`age -d -i`): whoever doubts this program opens the body without it. */
export function boxIdentity(profile: CryptoProfile, manifest: BoxManifest, master: string): string | null {
  const dealing = dealAgain(profile, manifest, master);
  return dealing === null ? null : identityText(dealing.boxSecret);
}

/** The secret half of the box key, for who has the master; null when it is another box's. */
export function boxSecret(profile: CryptoProfile, manifest: BoxManifest, master: string): Uint8Array | null {
  return dealAgain(profile, manifest, master)?.boxSecret ?? null;
}
