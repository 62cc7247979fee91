import { equalBytes, fromHex } from '@app/contracts';
import { p256 } from '@noble/curves/nist.js';
import type { KeyKind } from '../keys/der-keys.js';
import { encodePublicKey } from '../keys/public-keys.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { DerError, readChildren, readEcdsaSignature, readElement } from './der.js';

const ALGORITHM: Readonly<Record<'command' | 'node', Uint8Array>> = {
  command: fromHex('300a06082a8648ce3d040302'), // ecdsa-with-SHA256
  node: fromHex('300506032b6570'), // Ed25519
};
const SPKI: Readonly<Record<KeyKind, Uint8Array>> = {
  command: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  node: fromHex('302a300506032b6570032100'),
  agreement: fromHex('302a300506032b656e032100'),
};

/** A certificate or a revocation list as X.509 wraps it: what was signed, how, and the signature. */
export interface SignedDer {
  readonly signed: Uint8Array;
  readonly kind: 'command' | 'node' | null;
  readonly signature: Uint8Array;
}

/** Splits `SEQUENCE { toBeSigned, algorithm, signature }`; throws {@link DerError} on another shape or anything after it. */
export function readSignedDer(der: Uint8Array): SignedDer {
  const outer = readElement(der);
  const [signed, algorithm, signature, ...more] = readChildren(outer.content);
  if (outer.tag !== 0x30 || outer.end !== der.length || signed === undefined || algorithm === undefined || signature === undefined)
    throw new DerError('signed structure');
  if (more.length > 0 || signature.tag !== 0x03 || signature.content[0] !== 0) throw new DerError('signature');
  const kind = (['command', 'node'] as const).find((name) => equalBytes(ALGORITHM[name], algorithm.whole)) ?? null;
  return { signed: signed.whole, kind, signature: signature.content.subarray(1) };
}

/** Tagged public key of a SubjectPublicKeyInfo, or null when its algorithm is not of this profile. */
export function readSubjectKey(spki: Uint8Array): string | null {
  for (const kind of ['command', 'node', 'agreement'] as const) {
    const prefix = SPKI[kind];
    const size = prefix.length + (kind === 'command' ? 65 : 32);
    if (spki.length !== size || !equalBytes(spki.subarray(0, prefix.length), prefix)) continue;
    try {
      const raw = spki.subarray(prefix.length);
      return encodePublicKey(kind, kind === 'command' ? p256.Point.fromBytes(raw).toBytes(true) : raw);
    } catch {
      return null;
    }
  }
  return null;
}

/** Authorities sign with either form of s: it is brought to the low one before the profile's strict check. */
export function verifySignedDer(profile: CryptoProfile, item: SignedDer, publicKey: string): boolean {
  if (item.kind === null) return false;
  if (item.kind === 'node') return profile.verifyBytes(publicKey, item.signed, item.signature);
  try {
    const signature = p256.Signature.fromBytes(readEcdsaSignature(item.signature), 'compact');
    const low = signature.hasHighS() ? new p256.Signature(signature.r, p256.Point.Fn.neg(signature.s)) : signature;
    return profile.verifyBytes(publicKey, item.signed, low.toBytes('compact'));
  } catch {
    return false;
  }
}
