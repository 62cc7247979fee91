import type { BoxFault, BoxManifest, KeeperRelease, Recovery } from '@app/sealing';
import { checkBox, plaintextSalt, recoverMaster } from '@app/sealing';
import { profileFor } from '../lot/crypto.js';
import type { LotState } from '../kernel/state.js';
import { disclosed, own } from '../kernel/state.js';

/** Released keys of a purpose that this reader may see. */
export const releasesOf = (state: LotState, purpose: string): KeeperRelease[] =>
  Object.entries(own(state.keepers.released, purpose) ?? {}).flatMap(([party, seq]) => {
    const privateKey = disclosed(state, seq, 'x:private-key');
    return typeof privateKey === 'string' ? [{ party, privateKey }] : [];
  });

/** Enough keepers have released: whoever holds the manifest and the keys can open. */
export const isReleased = (state: LotState, purpose: string, threshold: number): boolean =>
  Object.keys(own(state.keepers.released, purpose) ?? {}).length >= threshold;

/** What the released keys make of a box: its master, still waiting, or INVALID with the fault's name. */
export const recoverBox = (state: LotState, manifest: BoxManifest): Recovery =>
  recoverMaster(profileFor(state), manifest, releasesOf(state, manifest.purpose));

/** A box given open: its master, and the salt that opens the manifest's commitment to the content. */
export interface CheckedBox {
  readonly ok: true;
  /** Salt under which content fits `manifest.plaintext`: a command that opens the content uses both as its commitment. */
  readonly salt: string;
}

/**
 * Whether this master is what the box was dealt from, and whether it was dealt honestly: the answer is the same for everybody and for
 * ever. `NOT_MASTER` is the asker's fault; every other one makes the box INVALID.
 */
export function checkMaster(
  state: LotState,
  manifest: BoxManifest,
  master: string,
): CheckedBox | { readonly ok: false; readonly fault: BoxFault } {
  const profile = profileFor(state);
  const fault = checkBox(profile, manifest, master);
  if (fault !== null) return { ok: false, fault };
  const salt = plaintextSalt(profile, manifest, master);
  if (salt === null)
    return { ok: false, fault: { code: 'NOT_MASTER', keeper: null, message: 'These bytes are not what the box was dealt from.' } };
  return { ok: true, salt };
}
