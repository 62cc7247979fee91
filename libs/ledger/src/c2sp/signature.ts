import { concatBytes, equalBytes, utf8 } from '@app/contracts';
import { LedgerFormatError, LedgerRangeError } from '../errors.js';
import { parseCheckpoint } from './checkpoint.js';
import type { NoteSigner, NoteSuite, VerifierKey } from './keys.js';
import { keyIdOf, SIGNATURE_TYPE } from './keys.js';
import type { Note, NoteSignature } from './note.js';
import { formatNote } from './note.js';

const TIMESTAMP_SIZE = 8;

/** What a witness signs (tlog-cosignature v1): "at this time, this is the largest consistent head I have seen". */
const cosignedMessage = (text: string, timestamp: number): Uint8Array => utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);

/** Signs a note's text as its type asks. Throws when the type is not a plain signature. */
export function signNote(suite: NoteSuite, text: string, signer: NoteSigner): Note {
  if (signer.type !== SIGNATURE_TYPE.note) throw new LedgerRangeError(`key type ${signer.type} does not sign notes`);
  const note = { text, signatures: [{ name: signer.keyName, keyId: keyIdOf(suite.hash, signer), signature: signer.sign(utf8(text)) }] };
  formatNote(note); // refuses a text that no reader would take back
  return note;
}

/** A witness's cosignature of a checkpoint. `timestamp` in seconds since 1970. Throws when the text is no checkpoint. */
export function cosign(suite: NoteSuite, text: string, signer: NoteSigner, timestamp: number): NoteSignature {
  if (signer.type !== SIGNATURE_TYPE.cosignature) throw new LedgerRangeError(`key type ${signer.type} does not cosign`);
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw new LedgerRangeError(`${timestamp} is no time`);
  parseCheckpoint(text);
  const head = new Uint8Array(TIMESTAMP_SIZE);
  new DataView(head.buffer).setBigUint64(0, BigInt(timestamp));
  const signature = concatBytes(head, signer.sign(cosignedMessage(text, timestamp)));
  return { name: signer.keyName, keyId: keyIdOf(suite.hash, signer), signature };
}

/** A signature that was checked: the key, and the time where its type states one. */
export interface Verified {
  readonly key: VerifierKey;
  /** Seconds since 1970 of a cosignature; null for a plain signature. */
  readonly timestamp: number | null;
}

/** Checks one signature of a text by one key. Null when it is not that key's or does not verify. */
export function verifySignature(suite: NoteSuite, text: string, signature: NoteSignature, key: VerifierKey): Verified | null {
  if (signature.name !== key.keyName || !equalBytes(signature.keyId, keyIdOf(suite.hash, key))) return null;
  switch (key.type) {
    case SIGNATURE_TYPE.note:
      return suite.verify(key.publicKey, utf8(text), signature.signature) ? { key, timestamp: null } : null;
    case SIGNATURE_TYPE.cosignature:
      return verifyCosignature(suite, text, signature, key);
    default:
      return null;
  }
}

function verifyCosignature(suite: NoteSuite, text: string, { signature }: NoteSignature, key: VerifierKey): Verified | null {
  if (signature.length <= TIMESTAMP_SIZE || !isCheckpoint(text)) return null;
  const stated = new DataView(signature.buffer, signature.byteOffset, TIMESTAMP_SIZE).getBigUint64(0);
  if (stated > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const timestamp = Number(stated);
  const valid = suite.verify(key.publicKey, cosignedMessage(text, timestamp), signature.subarray(TIMESTAMP_SIZE));
  return valid ? { key, timestamp } : null;
}

function isCheckpoint(text: string): boolean {
  try {
    parseCheckpoint(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Checks a note by known keys: signatures of unknown keys are ignored; a known key's bad signature, or no known key at
 * all, refuses the whole note (signed-note, "Signatures"). A key's second signature is ignored. Throws {@link LedgerFormatError}.
 */
export function openNote(suite: NoteSuite, note: Note, keys: readonly VerifierKey[]): readonly Verified[] {
  const verified = new Map<VerifierKey, Verified>();
  for (const signature of note.signatures) {
    const key = keys.find((known) => known.keyName === signature.name && equalBytes(signature.keyId, keyIdOf(suite.hash, known)));
    if (key === undefined || verified.has(key)) continue;
    const result = verifySignature(suite, note.text, signature, key);
    if (result === null) throw new LedgerFormatError('note', `the signature of ${key.keyName} does not verify`);
    verified.set(key, result);
  }
  if (verified.size === 0) throw new LedgerFormatError('note', 'no signature of a known key');
  return [...verified.values()];
}
