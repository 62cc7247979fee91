import type { JsonValue, SigningPurpose } from '@app/contracts';
import { canonicalBytes, concatBytes, SIGNING_PREFIX, utf8 } from '@app/contracts';
import type { CryptoProfile, LocalSigner, Signer } from './crypto-profile.js';

/** What is signed: the purpose's line, then canonical bytes of a value (or bytes as they stand), so no signature serves two purposes. */
export function signingBytes(purpose: SigningPurpose, value: JsonValue | Uint8Array): Uint8Array {
  return concatBytes(utf8(SIGNING_PREFIX[purpose]), value instanceof Uint8Array ? value : canonicalBytes(value));
}

export function signWith(signer: LocalSigner, purpose: SigningPurpose, value: JsonValue | Uint8Array): string;
export function signWith(signer: Signer, purpose: SigningPurpose, value: JsonValue | Uint8Array): string | Promise<string>;
export function signWith(signer: Signer, purpose: SigningPurpose, value: JsonValue | Uint8Array): string | Promise<string> {
  return signer.sign(signingBytes(purpose, value));
}

export function verifyWith(
  profile: CryptoProfile,
  publicKey: string,
  purpose: SigningPurpose,
  value: JsonValue | Uint8Array,
  signature: string,
): boolean {
  return profile.verify(publicKey, signingBytes(purpose, value), signature);
}
