export { payloadSource } from './age/payload-source.js';
export type { BidFault, BidIdentity, BidIndex } from './bid/bid-index.js';
export { BID_FILES_MAX, identityFault, INDEX_FILE, OPENING_SHEET_FILE, readBidIndex, zBidIndex } from './bid/bid-index.js';
export type { BidFile, BidOpening, BidRequest, BidTexts, MadeBid, OpenedBid } from './bid/bid-package.js';
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
export type { BoxFault, BoxKeeper, BoxManifest } from './box/manifest.js';
export { BOX_KEEPERS_MAX, boxContext, zBoxManifest, zBoxPurpose } from './box/manifest.js';
export type { BoxRequest, KeeperKey, KeeperRelease, OpenedBox, Recovery, SealedBox } from './box/sealed-box.js';
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
export { CERTIFICATE_SIZE_BYTES_MAX, derOfPem, readCertificate } from './certificates/certificate.js';
export type { KeyBinding } from './certificates/key-binding.js';
export { bindEncryptionKey, verifyKeyBinding } from './certificates/key-binding.js';
export type { RevocationList } from './certificates/revocation-list.js';
export { readRevocationList } from './certificates/revocation-list.js';
export type { CertificateCheck, CertificateEvidence, TrustAnchors } from './certificates/trust-store.js';
export { RecordedCertificates, TrustStore } from './certificates/trust-store.js';
export { grantSession, SESSION_WINDOW_MS_MAX, verifySessionGrant } from './commands/session-grant.js';
export type { Assurance, SignatureFault, SignatureTrust, TrustedSignature, VerifiedSignature } from './commands/signed-command.js';
export { checkSignedCommand, openingFault, opens, signCommand, verifySignature } from './commands/signed-command.js';
export * from './container/byte-source.js';
export * from './container/container.js';
export * from './container/container-layout.js';
export * from './container/container-reader.js';
export * from './container/crc32.js';
export type { KeyKind } from './keys/der-keys.js';
export type { DeviceKey } from './keys/device-key.js';
export { deviceSigner, importDeviceKey } from './keys/device-key.js';
export { decodePublicKey, encodePublicKey } from './keys/public-keys.js';
export type { CryptoProfile, LocalSigner, ProfileId, Signer } from './profile/crypto-profile.js';
export type { Primitives, SignatureKind } from './profile/primitives.js';
export { noteKey, noteSigner, noteSuite } from './profile/note-keys.js';
export { accelerate as accelerateProfile, PROFILE_IDS, profileOf } from './profile/profiles.js';
export { signingBytes, signWith, verifyWith } from './profile/signing.js';
