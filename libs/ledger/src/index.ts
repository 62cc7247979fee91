export type { CheckpointNote } from './c2sp/checkpoint.js';
export { formatCheckpoint, parseCheckpoint, parseCheckpointNote, sameHead } from './c2sp/checkpoint.js';
export type { Judge, Judged, WitnessRules } from './c2sp/checkpoint-judge.js';
export { CheckpointJudge } from './c2sp/checkpoint-judge.js';
export type { NoteSigner, NoteSuite, VerifierKey } from './c2sp/keys.js';
export { formatVerifierKey, isKeyName, keyIdOf, parseVerifierKey, SIGNATURE_TYPE } from './c2sp/keys.js';
export type { NoteSignature } from './c2sp/note.js';
export {
  formatNote,
  formatSignatureLine,
  NOTE_SIGNATURES_MAX,
  NOTE_SIZE_MAX,
  parseNote,
  parseSignatureLine,
  signatureId,
  withSignatures,
} from './c2sp/note.js';
export * from './c2sp/policy.js';
export { formatReceipt, parseReceipt, RECEIPT_HEAD, verifyReceipt } from './c2sp/receipt.js';
export { cosign, openNote, signNote, verifySignature } from './c2sp/signature.js';
export * from './c2sp/tiles.js';
export * from './c2sp/witness-protocol.js';
export * from './entry/header.js';
export * from './entry/verify-entry.js';
export { LedgerFormatError, LedgerRangeError } from './errors.js';
export * from './evidence/equivocation.js';
export * from './tree/frontier.js';
export * from './tree/hash.js';
export * from './tree/head-tree.js';
export * from './tree/merkle-tree.js';
export * from './tree/ranges.js';
export * from './tree/verify-proof.js';
