export * from './container/container.js';
export type { KeyKind } from './keys/der-keys.js';
export { decodePublicKey, encodePublicKey } from './keys/public-keys.js';
export type { CryptoProfile, LocalSigner, ProfileId, Signer } from './profile/crypto-profile.js';
export type { SignatureKind } from './profile/primitives.js';
export { PROFILE_IDS, profileOf } from './profile/profiles.js';
export { signingBytes, signWith, verifyWith } from './profile/signing.js';
