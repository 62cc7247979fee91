import { concatBytes, equalBytes, toHex } from '@app/contracts';
import { LedgerFormatError } from '../errors.js';
import { fromBase64, toBase64 } from './base64.js';
import { isKeyName } from './keys.js';

/** Bounds on what is read from outside: far above a checkpoint with all its witnesses. */
export const NOTE_SIZE_MAX = 64 * 1024;
export const NOTE_SIGNATURES_MAX = 64;
const KEY_ID_SIZE = 4;
const MARK = '\u2014 ';
const SEPARATOR = '\n\n';
// A note is text: signed-note forbids ASCII control characters other than newline.
// eslint-disable-next-line no-control-regex -- that is the rule
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f]/;

/** One signature line: the key's name, its four-byte id and the bytes its type defines. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** C2SP signed-note. `text` ends in a newline and does not include the blank line. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** One signature line with its newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name)) throw new LedgerFormatError('note', 'bad key name');
  if (keyId.length !== KEY_ID_SIZE || signature.length === 0) throw new LedgerFormatError('note', 'bad signature');
  return `${MARK}${name} ${toBase64(concatBytes(keyId, signature))}\n`;
}

/** Reads one signature line without its newline. */
export function parseSignatureLine(line: string): NoteSignature {
  if (!line.startsWith(MARK)) throw new LedgerFormatError('note', 'a signature line does not begin with a dash');
  const [name, encoded, ...more] = line.slice(MARK.length).split(' ');
  if (name === undefined || encoded === undefined || more.length > 0 || !isKeyName(name)) {
    throw new LedgerFormatError('note', 'a signature line is not name and signature');
  }
  const bytes = fromBase64('note', encoded);
  if (bytes.length <= KEY_ID_SIZE) throw new LedgerFormatError('note', 'a signature is too short');
  return { name, keyId: bytes.slice(0, KEY_ID_SIZE), signature: bytes.slice(KEY_ID_SIZE) };
}

/** Writes a note. Throws {@link LedgerFormatError} when text or signatures cannot be a note. */
export function formatNote(note: Note): string {
  if (note.signatures.length === 0 || note.signatures.length > NOTE_SIGNATURES_MAX) {
    throw new LedgerFormatError('note', 'no signature, or too many');
  }
  assertText(note.text);
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`;
}

/** Reads a note without trusting it: no signature is checked here. Throws {@link LedgerFormatError}. */
export function parseNote(text: string): Note {
  if (text.length > NOTE_SIZE_MAX) throw new LedgerFormatError('note', 'too long');
  // The last blank line separates; a text may have blank lines of its own.
  const at = text.lastIndexOf(SEPARATOR);
  if (at < 0 || !text.endsWith('\n')) throw new LedgerFormatError('note', 'no signatures');
  const body = text.slice(0, at + 1);
  assertText(body);
  const block = text.slice(at + SEPARATOR.length);
  if (block === '') throw new LedgerFormatError('note', 'no signatures');
  assertCharacters(block);
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) throw new LedgerFormatError('note', 'too many signatures');
  return { text: body, signatures: lines.map(parseSignatureLine) };
}

/** The note with more signatures, without repeating a key's. */
export function withSignatures(note: Note, added: readonly NoteSignature[]): Note {
  const signatures = [...note.signatures];
  for (const signature of added) {
    if (!signatures.some((known) => known.name === signature.name && equalBytes(known.keyId, signature.keyId))) signatures.push(signature);
  }
  return { text: note.text, signatures };
}

/** Names a key within a note. */
export const signatureId = (signature: Pick<NoteSignature, 'name' | 'keyId'>): string => `${signature.name}+${toHex(signature.keyId)}`;

function assertText(text: string): void {
  if (!text.endsWith('\n') || text === '\n') throw new LedgerFormatError('note', 'the text does not end in a line');
  assertCharacters(text);
}

function assertCharacters(text: string): void {
  if (FORBIDDEN.test(text) || !text.isWellFormed()) throw new LedgerFormatError('note', 'a forbidden character');
}
