import type { EntryHeader } from '@app/contracts';
import { canonicalText, CanonicalError, fromUtf8, utf8, zEntryHeader } from '@app/contracts';
import { LedgerFormatError } from '../errors.js';
import type { TreeHasher } from '../tree/hash.js';

// Characters that RFC 8785 writes as they are and that sort by code unit: what types, instants and part names consist of.
const PLAIN = /^[A-Za-z0-9._:*-]*$/;

/** Canonical text (RFC 8785) of a header: the leaf's content. Throws CanonicalError when a value has no canonical form. */
export function headerText(header: EntryHeader): string {
  const { at, parts, seq, type, v } = header;
  // A header has one shape and plain strings, so its text can be put together four times faster than by a general writer.
  if (!PLAIN.test(at) || !PLAIN.test(type) || !Number.isSafeInteger(seq) || Object.is(seq, -0)) return slowText(header);
  let list = '';
  for (const [name, commitment] of Object.entries(parts).sort(byCodeUnits)) {
    if (!PLAIN.test(name) || !PLAIN.test(commitment)) return slowText(header);
    list += `${list === '' ? '' : ','}"${name}":"${commitment}"`;
  }
  return `{"at":"${at}","parts":{${list}},"seq":${seq},"type":"${type}","v":${v}}`;
}

// RFC 8785 §3.2.3: JavaScript's own comparison of strings is by UTF-16 code units. Names of an object are never equal.
const byCodeUnits = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

const slowText = ({ v, seq, at, type, parts }: EntryHeader): string => canonicalText({ v, seq, at, type, parts: { ...parts } });

/** UTF-8 bytes of {@link headerText}. */
export const headerBytes = (header: EntryHeader): Uint8Array => utf8(headerText(header));

/** RFC 9162 leaf hash of a header. */
export const headerLeaf = (hasher: TreeHasher, header: EntryHeader): Uint8Array => hasher.leaf(headerBytes(header));

/**
 * Reads a header from stored or received bytes, which must be its one canonical form: writing it again and comparing finds
 * every other form in one step. Throws {@link LedgerFormatError}.
 */
export function parseHeader(bytes: Uint8Array | string): EntryHeader {
  let text: string;
  let value: unknown;
  try {
    text = typeof bytes === 'string' ? bytes : fromUtf8(bytes);
    value = JSON.parse(text);
  } catch {
    throw new LedgerFormatError('header', 'no JSON in UTF-8');
  }
  const header = zEntryHeader.safeParse(value);
  if (!header.success) throw new LedgerFormatError('header', header.error.issues.map(({ message }) => message).join('; '));
  try {
    if (headerText(header.data) !== text) throw new LedgerFormatError('header', 'not in canonical form');
  } catch (error) {
    if (error instanceof CanonicalError) throw new LedgerFormatError('header', error.message);
    throw error;
  }
  return header.data;
}
