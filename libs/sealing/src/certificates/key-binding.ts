import type { CryptoProfile, LocalSigner, Signer } from '../profile/crypto-profile.js';
import { decodePublicKey } from '../keys/public-keys.js';
import { signWith, verifyWith } from '../profile/signing.js';

/** A certificate's word that an encryption key is its holder's: bids are encrypted to that key, never to the signing key. */
export interface KeyBinding {
  /** Tagged key-agreement key. */
  readonly publicKey: string;
  readonly signature: string;
}

const statement = (fingerprint: string, publicKey: string) => ({ v: 1, certificate: fingerprint, publicKey });

/** Signs a binding; `fingerprint` is the certificate's. */
export function bindEncryptionKey(signer: LocalSigner, fingerprint: string, publicKey: string): KeyBinding;
export function bindEncryptionKey(signer: Signer, fingerprint: string, publicKey: string): Promise<KeyBinding>;
export function bindEncryptionKey(signer: Signer, fingerprint: string, publicKey: string): KeyBinding | Promise<KeyBinding> {
  const signature = signWith(signer, 'keyBinding', statement(fingerprint, publicKey));
  return typeof signature === 'string' ? { publicKey, signature } : signature.then((text) => ({ publicKey, signature: text }));
}

/** Whether the certificate with this fingerprint and public key signed the binding, and the bound key is one to encrypt to. */
export function verifyKeyBinding(
  profile: CryptoProfile,
  certificate: { readonly fingerprint: string; readonly publicKey: string | null },
  binding: KeyBinding,
): boolean {
  if (certificate.publicKey === null || decodePublicKey(binding.publicKey)?.kind !== 'agreement') return false;
  return verifyWith(profile, certificate.publicKey, 'keyBinding', statement(certificate.fingerprint, binding.publicKey), binding.signature);
}
