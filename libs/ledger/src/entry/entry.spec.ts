import type { EntryHeader } from '@app/contracts';
import { canonicalText, CanonicalError, toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainHash } from '../../test/suite.js';
import {
  headerBytes,
  headerLeaf,
  headerText,
  LedgerFormatError,
  parseHeader,
  partId,
  TreeHasher,
  verifyEntry,
  verifyPart,
} from '../index.js';

const hasher = new TreeHasher(plainHash);
const SALT = 'A'.repeat(43);
const commit = (salt: string, text: string): string => {
  if (salt.length !== 43) throw new RangeError('salt');
  return toHex(plainHash(utf8(salt + text)));
};
const header: EntryHeader = {
  v: 1,
  seq: 4,
  at: '2026-03-24T01:30:00.000Z',
  type: 'scoring.submit-sheet',
  parts: {
    skeleton: commit(SALT, '{"events":[]}'),
    command: commit(SALT, '{}'),
    'x:sheet': commit(SALT, '{"a":"1.0"}'),
    who: commit(SALT, '{}'),
  },
};
const parts = { skeleton: { salt: SALT, text: '{"events":[]}' }, command: { salt: SALT, text: '{}' } };
const expected = { seq: 4, leafHash: headerLeaf(hasher, header) };

describe('entry header', () => {
  it('has the canonical text of RFC 8785 whatever its strings are', () => {
    const zText = fc.oneof(
      fc.stringMatching(/^[a-z:*_.-]{0,9}$/),
      fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
    );
    fc.assert(
      fc.property(fc.nat(), zText, zText, fc.dictionary(zText, zText, { maxKeys: 5 }), (seq, at, type, list) => {
        const value = { v: 1, seq, at, type, parts: list } as const;
        expect(headerText(value)).toBe(canonicalText(value));
      }),
    );
  });

  it('is refused when a value has no canonical form', () => {
    for (const bad of [{ seq: 1.5 }, { seq: -0 }, { at: '\ud800' }, { parts: { a: '\ud800' } }]) {
      expect(() => headerText({ ...header, ...bad })).toThrow(CanonicalError);
    }
  });

  it('is read back from its bytes and from no other form of the same value', () => {
    expect(parseHeader(headerBytes(header))).toEqual(header);
    const text = headerText(header);
    const { seq, ...rest } = header;
    for (const bad of [` ${text}`, JSON.stringify(header), text.replace('"seq":4', '"seq":4.0'), '{', canonicalText({ ...rest }), '1']) {
      expect(() => parseHeader(bad)).toThrow(LedgerFormatError);
    }
    expect(seq).toBe(4);
    expect(() => parseHeader(Uint8Array.of(0xff))).toThrow(LedgerFormatError);
    expect(() => parseHeader(text.replace('scoring', '\\ud800'))).toThrow(LedgerFormatError);
  });
});

describe('entry verification', () => {
  it('gives a verdict for every part that the header names', () => {
    const erased = (id: string): boolean => id === partId(4, 'who');
    expect(verifyEntry(hasher, commit, { header, parts }, { ...expected, erased })).toEqual({
      header: 'PASS',
      parts: { skeleton: 'PASS', command: 'PASS', 'x:sheet': 'NOT VISIBLE', who: 'ERASED' },
      foreign: [],
    });
  });

  it('fails a part that is not the one committed to, also when it was recorded as erased', () => {
    const changed = { ...parts, skeleton: { salt: SALT, text: '{"events":[1]}' }, command: { salt: 'short', text: '{}' } };
    const check = verifyEntry(hasher, commit, { header, parts: changed }, { ...expected, erased: () => true });
    expect(check.parts).toEqual({ skeleton: 'FAIL', command: 'FAIL', 'x:sheet': 'ERASED', who: 'ERASED' });
    expect(verifyPart(commit, header.parts['command']!, parts.command)).toBe(true);
  });

  it('names parts that the header does not know, also by the names of an object', () => {
    const odd = Object.fromEntries([['x:other', parts.command]]);
    expect(verifyEntry(hasher, commit, { header, parts: odd }, expected).foreign).toEqual(['x:other']);
    const proto = { ...header, parts: { toString: 'a' } };
    expect(verifyEntry(hasher, commit, { header: proto, parts: {} }, { seq: 4, leafHash: null }).parts).toEqual({
      toString: 'NOT VISIBLE',
    });
  });

  it('fails a header at another place or with another leaf', () => {
    expect(verifyEntry(hasher, commit, { header, parts }, { ...expected, seq: 5 }).header).toBe('FAIL');
    expect(verifyEntry(hasher, commit, { header: { ...header, type: 'a.b' }, parts }, expected).header).toBe('FAIL');
    expect(verifyEntry(hasher, commit, { header: { ...header, seq: 1.5 }, parts }, { seq: 1.5, leafHash: null }).header).toBe('FAIL');
    expect(verifyEntry(hasher, commit, { header, parts }, { seq: 4, leafHash: null }).header).toBe('PASS');
  });
});
