export { freshSecrets, sealFile } from './age/age-file.js';
export { openByKey, openOnDevice, sealToKey } from './age/own-file.js';
export { beginsSealed, fileKeyFits, innerHeaderHash, innerHeaderOf, unwrapFileKey, unwrapOnDevice } from './bid/inner-header.js';
export type { DeliveredBid, OpenedBid } from './bid/bid-contents.js';
export type { BidFault, BidIndex, BidPart } from './bid/bid-index.js';
export { indexSalt, readBidIndex } from './bid/bid-index.js';
export type { PartSource } from './bid/bid-source.js';
export { BID_CUTS, bidParts } from './bid/bid-source.js';
export { checkBidTexts } from './bid/bid-texts.js';
export type { BidBox, BidCode, BidPass, BidResult } from './bid/open-bid.js';
export { extraction, isBiddersFault, opening, passBytes, passSource } from './bid/open-bid.js';
export { partKeys } from './bid/part-keys.js';
export type { PartType } from './bid/part-type.js';
export { PART_TYPES, zPartId } from './bid/part-type.js';
export type { BidRequest, MadeBid, PartInMemory, SealedBid } from './bid/seal-bid.js';
export { bidContext, BIDS_PURPOSE, makeBid, openingSheetPart, sealBid } from './bid/seal-bid.js';
export type { KeeperKey, KeyPlace } from './box/keeper-keys.js';
export {
  answerDrill,
  checkDrill,
  checkKeeperKey,
  encryptionKeyDer,
  encryptionKeyFrom,
  generateKeeperKey,
  isEncryptionKey,
  keeperPublicKey,
  proveKeeperKey,
} from './box/keeper-keys.js';
export type { BoxKeeper, BoxManifest } from './box/manifest.js';
export { boxContext, zBoxManifest } from './box/manifest.js';
export { boxIdentity, checkBox, checkContent, openBox, plaintextSalt } from './box/open-box.js';
export type { KeeperRelease, Recovery } from './box/recovery.js';
export { checkKeepers, checkRelease, recoverMaster } from './box/recovery.js';
export { sealBox } from './box/seal-box.js';
export type { CertificateFacts } from './certificates/certificate.js';
export { derOfPem, readCertificate } from './certificates/certificate.js';
export { readElement } from './certificates/der.js';
export { bindEncryptionKey, verifyKeyBinding } from './certificates/key-binding.js';
export type { RevocationList } from './certificates/revocation-list.js';
export { readRevocationList } from './certificates/revocation-list.js';
export type { CertificateCheck } from './certificates/trust-store.js';
export { RecordedCertificates, TrustStore } from './certificates/trust-store.js';
export type { DetachedSignature } from './cms/detached-cms.js';
export { issuersOf, readDetached, signDetached } from './cms/detached-cms.js';
export { grantSession, isGrantedFor, verifySessionGrant } from './commands/session-grant.js';
export type { SignatureTrust } from './commands/signed-command.js';
export { checkSignedCommand, keySignatureFault, openingFault, signCommand, verifySignature } from './commands/signed-command.js';
export * from './container/byte-source.js';
export * from './container/container.js';
export * from './container/container-layout.js';
export * from './container/container-reader.js';
export * from './container/crc32.js';
export type { DeviceKey } from './keys/device-key.js';
export { deviceSigner, importAgreementKey, importDeviceKey } from './keys/device-key.js';
export { decodePublicKey, encodePublicKey } from './keys/public-keys.js';
export type { CryptoProfile, LocalSigner, ProfileId, Signer } from './profile/crypto-profile.js';
export { nativeChunkSealer } from './profile/native-cipher.js';
export type { Primitives } from './profile/primitives.js';
export { noteKey, noteSigner, noteSuite } from './profile/note-keys.js';
export { accelerate as accelerateProfile, findProfile, profileOf } from './profile/profiles.js';
export type { StreamHash, StreamTools } from './profile/stream-work.js';
export { toolsOf } from './profile/stream-work.js';
export { newScriptHash } from './profile/script-hash.js';
export { signingBytes, signWith, verifyWith } from './profile/signing.js';
