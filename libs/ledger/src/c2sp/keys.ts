import { concatBytes, fromHex, toHex, utf8 } from '@app/contracts';
import { LedgerFormatError } from '../errors.js';
import type { Hash } from '../tree/hash.js';
import { fromBase64, toBase64 } from './base64.js';

/** Signature type bytes that C2SP signed-note assigns and this system uses. */
export const SIGNATURE_TYPE = {
  /** A plain signature over the note's text: what a log signs its checkpoints with. */
  note: 0x01,
  /** A timestamped witness cosignature, tlog-cosignature v1. */
  cosignature: 0x04,
} as const;

/** A public key by the name under which it signs notes. */
export interface VerifierKey {
  readonly keyName: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** A private key that signs notes; libs/sealing makes one from a key file. */
export interface NoteSigner extends VerifierKey {
  /** Raw signature over exactly these bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** What this library needs of a cryptographic profile to read notes. */
export interface NoteSuite {
  readonly hash: Hash;
  /** Whether `signature` is the key's over exactly `message`. Must not throw on any input. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

const KEY_ID_SIZE = 4;
// signed-note: names must not be empty nor contain any Unicode space or plus, and a note has no control characters.
const KEY_NAME = /^[^\p{White_Space}\p{Control}+]+$/u;

export const isKeyName = (name: string): boolean => KEY_NAME.test(name) && name.isWellFormed();

/** signed-note, "Signatures": first four bytes of the hash of name, newline, type and public key. */
export function keyIdOf(hash: Hash, key: VerifierKey): Uint8Array {
  const digest = hash(concatBytes(utf8(`${key.keyName}\n`), Uint8Array.of(key.type), key.publicKey));
  return digest.slice(0, KEY_ID_SIZE);
}

/** The text form of a verifier key: `<name>+<key id in hex>+<base64 of type and key>`. */
export function formatVerifierKey(hash: Hash, key: VerifierKey): string {
  if (!isKeyName(key.keyName)) throw new LedgerFormatError('verifier-key', 'bad name');
  return `${key.keyName}+${toHex(keyIdOf(hash, key))}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;
}

/** Reads {@link formatVerifierKey}, checking that the id fits name and key. Throws {@link LedgerFormatError}. */
export function parseVerifierKey(hash: Hash, text: string): VerifierKey {
  const [keyName, id, material, ...more] = splitKey(text);
  if (keyName === undefined || id === undefined || material === undefined || more.length > 0 || !isKeyName(keyName)) {
    throw new LedgerFormatError('verifier-key', 'not <name>+<id>+<key>');
  }
  const bytes = fromBase64('verifier-key', material);
  const type = bytes[0];
  if (type === undefined || bytes.length < 2) throw new LedgerFormatError('verifier-key', 'no key');
  const key = { keyName, type, publicKey: bytes.slice(1) };
  if (!/^[0-9a-f]{8}$/.test(id) || toHex(keyIdOf(hash, key)) !== toHex(fromHex(id))) {
    throw new LedgerFormatError('verifier-key', 'the id does not fit the key');
  }
  return key;
}

/** A name has no plus but base64 may, so only the first two separate. */
function splitKey(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  return first < 0 || second < 0 ? [] : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}
