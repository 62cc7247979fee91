import type { SessionGrant, SignerRef } from '@app/contracts';
import { zSessionGrant } from '@app/contracts';
import type { CryptoProfile, LocalSigner, Signer } from '../profile/crypto-profile.js';
import { decodePublicKey } from '../keys/public-keys.js';
import { signWith, verifyWith } from '../profile/signing.js';

/** A session key serves one sitting; a longer window is refused. */
const SESSION_WINDOW_MS_MAX = 24 * 60 * 60 * 1000;

/** The certificate's key signs that a session key may sign ordinary acts; throws when the grant breaks its form. */
export function grantSession(certificateSigner: LocalSigner, grant: SessionGrant): string;
export function grantSession(certificateSigner: Signer, grant: SessionGrant): string | Promise<string>;
export function grantSession(certificateSigner: Signer, grant: SessionGrant): string | Promise<string> {
  return signWith(certificateSigner, 'sessionGrant', zSessionGrant.parse(grant));
}

export function verifySessionGrant(profile: CryptoProfile, certificateKey: string, grant: SessionGrant, signature: string): boolean {
  const window = Date.parse(grant.notAfter) - Date.parse(grant.notBefore);
  if (!(window > 0 && window <= SESSION_WINDOW_MS_MAX)) return false;
  const kind = decodePublicKey(grant.publicKey)?.kind;
  return (kind === 'command' || kind === 'node') && verifyWith(profile, certificateKey, 'sessionGrant', grant, signature);
}

/**
 * Whether a signer may act for somebody who sits here: a session key that was granted for a seat serves there alone. `seatOf` says where that
 * is, null without a seat; asked only when it matters.
 */
export function isGrantedFor(signer: SignerRef, seatOf: () => string | null): boolean {
  if (signer.kind !== 'session' || signer.grant.seat === null) return true;
  const seat = seatOf();
  return seat === null || seat === signer.grant.seat;
}
