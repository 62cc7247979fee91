export type { BidFault, BidIndex } from './bid/bid-index.js';
export { INDEX_FILE, zBidIndex } from './bid/bid-index.js';
export type { MadeBid } from './bid/bid-package.js';
export {
  bidContext,
  BIDS_PURPOSE,
  checkBidTexts,
  fileKeyFits,
  innerHeaderHash,
  innerHeaderOf,
  makeBid,
  openInner,
  unwrapFileKey,
} from './bid/bid-package.js';
export { bidFiles } from './bid/bid-source.js';
export type { BoxKeeper, BoxManifest } from './box/manifest.js';
export { boxContext, zBoxManifest } from './box/manifest.js';
export type { KeeperKey, KeeperRelease, Recovery } from './box/sealed-box.js';
export {
  boxIdentity,
  checkBox,
  checkContent,
  checkKeepers,
  checkRelease,
  encryptionKeyDer,
  encryptionKeyFrom,
  generateKeeperKey,
  isEncryptionKey,
  keeperPublicKey,
  openBox,
  plaintextSalt,
  recoverMaster,
  sealBox,
} from './box/sealed-box.js';
export type { CertificateFacts } from './certificates/certificate.js';
export { derOfPem, readCertificate } from './certificates/certificate.js';
export { bindEncryptionKey, verifyKeyBinding } from './certificates/key-binding.js';
export type { RevocationList } from './certificates/revocation-list.js';
export { readRevocationList } from './certificates/revocation-list.js';
export type { CertificateCheck } from './certificates/trust-store.js';
export { RecordedCertificates, TrustStore } from './certificates/trust-store.js';
export { grantSession, verifySessionGrant } from './commands/session-grant.js';
export type { SignatureTrust } from './commands/signed-command.js';
export { checkSignedCommand, openingFault, signCommand, verifySignature } from './commands/signed-command.js';
export * from './container/byte-source.js';
export * from './container/container.js';
export * from './container/container-layout.js';
export * from './container/container-reader.js';
export * from './container/crc32.js';
export type { DeviceKey } from './keys/device-key.js';
export { deviceSigner, importDeviceKey } from './keys/device-key.js';
export { decodePublicKey, encodePublicKey } from './keys/public-keys.js';
export type { CryptoProfile, LocalSigner, ProfileId, Signer } from './profile/crypto-profile.js';
export type { Primitives } from './profile/primitives.js';
export { noteKey, noteSigner, noteSuite } from './profile/note-keys.js';
export { accelerate as accelerateProfile, PROFILE_IDS, profileOf } from './profile/profiles.js';
export { signingBytes, signWith, verifyWith } from './profile/signing.js';
