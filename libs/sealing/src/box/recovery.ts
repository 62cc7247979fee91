import { fromBase64Url, toBase64Url } from '@app/contracts';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { boxKeyOf, MASTER_SIZE, rawAgreementKey, unwrapShare } from './dealing.js';
import { keeperPublicKey } from './keeper-keys.js';
import type { BoxFault, BoxKeeper, BoxManifest } from './manifest.js';
import { boxFault } from './manifest.js';
import type { Share } from './shamir.js';
import { combineShares } from './shamir.js';

/** Faults that show before anything is released. */
export function shapeFault({ keepers, threshold }: { threshold: number; keepers: readonly BoxKeeper[] }): BoxFault | null {
  if (threshold > keepers.length) return boxFault('SHARE_COUNT', `${threshold} shares are needed and ${keepers.length} were dealt.`);
  if (new Set(keepers.map((keeper) => keeper.party)).size !== keepers.length) return boxFault('KEEPER_SET', 'A keeper is named twice.');
  if (new Set(keepers.map((keeper) => keeper.publicKey)).size !== keepers.length) return boxFault('KEEPER_SET', 'A key is named twice.');
  return null;
}

/**
 * Whether a box is sealed to exactly the keepers of the lot and the keys they published: the answer to a server that serves its
 * own keys as theirs. Checked by the client before sealing, by the venue on delivery, by the verifier.
 */
export function checkKeepers(
  manifest: BoxManifest,
  published: readonly BoxKeeper[],
  terms: { readonly purpose: string; readonly context: string; readonly threshold: number },
): BoxFault | null {
  if (manifest.purpose !== terms.purpose || manifest.context !== terms.context || manifest.threshold !== terms.threshold)
    return boxFault('SHAPE', 'The box was sealed for another purpose, item or threshold.');
  for (const { party, publicKey } of published) {
    const keeper = manifest.keepers.find((item) => item.party === party);
    if (keeper === undefined) return boxFault('KEEPER_SET', `Keeper ${party} has no share.`, party);
    if (keeper.publicKey !== publicKey) return boxFault('KEEPER_SET', `The key is not the one that ${party} published.`, party);
  }
  if (manifest.keepers.length !== published.length) return boxFault('KEEPER_SET', 'Somebody has a share who is no keeper.');
  return shapeFault(manifest);
}

/** A private key that a keeper published for the purpose. */
export interface KeeperRelease {
  readonly party: string;
  readonly privateKey: string;
}

function publicKeyOrNull(profile: CryptoProfile, privateKey: string): string | null {
  try {
    return keeperPublicKey(profile, privateKey);
  } catch {
    return null;
  }
}

/** Whether a released key is the one published: else the keeper is at fault, and is named. */
export function checkRelease(profile: CryptoProfile, keeper: BoxKeeper, privateKey: string): BoxFault | null {
  return publicKeyOrNull(profile, privateKey) === keeper.publicKey
    ? null
    : boxFault('KEEPER_KEY', `The released key of ${keeper.party} does not fit the published one.`, keeper.party);
}

export type Recovery =
  /** `keeperFaults`: releases that were left aside because they do not fit the published key. */
  | { readonly status: 'recovered'; readonly master: string; readonly keeperFaults: readonly BoxFault[] }
  | { readonly status: 'waiting'; readonly missing: number; readonly keeperFaults: readonly BoxFault[] }
  /** The dealer's fault, and final: whatever keepers release later, this box is INVALID. */
  | { readonly status: 'invalid'; readonly fault: BoxFault; readonly keeperFaults: readonly BoxFault[] };

/** Puts the master together from released keys. Pure; anybody can repeat it from the log. */
export function recoverMaster(profile: CryptoProfile, manifest: BoxManifest, releases: readonly KeeperRelease[]): Recovery {
  const keeperFaults: BoxFault[] = [];
  const shares: Share[] = [];
  const shape = shapeFault(manifest);
  if (shape !== null) return { status: 'invalid', fault: shape, keeperFaults };
  for (const [at, keeper] of manifest.keepers.entries()) {
    const release = releases.find((item) => item.party === keeper.party);
    if (release === undefined) continue;
    const wrongKey = checkRelease(profile, keeper, release.privateKey);
    if (wrongKey !== null) {
      keeperFaults.push(wrongKey);
      continue;
    }
    const share = tryUnwrap(profile, manifest, at, release.privateKey);
    if (share === null) return { status: 'invalid', fault: wrapFault(keeper.party), keeperFaults };
    shares.push({ number: at + 1, value: share });
  }
  if (shares.length < manifest.threshold) return { status: 'waiting', missing: manifest.threshold - shares.length, keeperFaults };
  const master = combineShares(shares.slice(0, manifest.threshold));
  if (boxKeyOf(profile, manifest, master) !== manifest.boxKey)
    return { status: 'invalid', fault: boxFault('WRAP', 'The shares do not combine to what the box key was made from.'), keeperFaults };
  return { status: 'recovered', master: toBase64Url(master), keeperFaults };
}

export const wrapFault = (party: string): BoxFault => boxFault('WRAP', `What the dealer sealed to ${party} is not his share.`, party);

function tryUnwrap(profile: CryptoProfile, manifest: BoxManifest, at: number, privateKey: string): Uint8Array | null {
  const keeper = manifest.keepers[at];
  if (keeper === undefined) return null;
  try {
    const place = { keeper, number: at + 1, boxPublic: rawAgreementKey(manifest.boxKey) };
    const share = unwrapShare(profile, fromBase64Url(keeper.wrap), fromBase64Url(privateKey), place);
    return share.length === MASTER_SIZE ? share : null;
  } catch {
    return null;
  }
}
