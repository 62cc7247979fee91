import { describe, expect, it } from '@jest/globals';
import serialize from 'canonicalize';
import fc from 'fast-check';
import { CanonicalError, canonicalText, parseCanonical, parseCanonicalBytes, utf8 } from './index.js';
import type { JsonValue } from './index.js';

const zJson = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('canonical JSON', () => {
  it('orders keys by UTF-16 code units as RFC 8785 §3.2.3 does', () => {
    const value = { '\u20ac': 1, '\r': 2, '1': 3, '\u0080': 4, '\u00f6': 5, '\ud83d\ude00': 6, '\ufb33x': 7 };
    expect(() => canonicalText(value)).toThrow(CanonicalError); // U+FB33 is not NFC: one text has one form here
    const { '\ufb33x': _dropped, ...rest } = value;
    expect(canonicalText(rest)).toBe('{"\\r":2,"1":3,"\u0080":4,"\u00f6":5,"\u20ac":1,"\ud83d\ude00":6}');
  });

  it('reads back whatever it wrote, and only that form', () => {
    fc.assert(
      fc.property(zJson, (value) => {
        const text = canonicalText(value);
        expect(canonicalText(parseCanonical(text))).toBe(text);
        expect(() => parseCanonical(` ${text}`)).toThrow(CanonicalError);
      }),
    );
  });

  it('writes what an independent implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(zJson, (value) => {
        expect(canonicalText(value)).toBe(serialize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('says where a value has no canonical form', () => {
    expect(() => canonicalText({ a: [1, { b: 0.5 }] })).toThrow('$.a[1].b: number is not a safe integer');
    const holed: JsonValue[] = [];
    holed[1] = 'x';
    expect(() => canonicalText({ ok: {}, c: holed })).toThrow('$.c[0]: undefined is not JSON');
    expect(() => canonicalText({ 'e\u0301': 1 })).toThrow(/NFC/);
  });

  it.each([
    ['a duplicate key', '{"a":1,"a":1}'],
    ['another key order', '{"b":1,"a":2}'],
    ['white space', '{"a": 1}'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['an integer beyond 2^53', '9007199254740993'],
    ['a superfluous escape', '"\\u0041"'],
    ['a lone surrogate', '"\\ud800"'],
    ['a decomposed letter', '"e\u0301"'],
    ['minus zero', '-0'],
    ['no JSON', '{'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseCanonical(text)).toThrow(CanonicalError);
  });

  it('refuses nesting that could exhaust a reader', () => {
    expect(() => parseCanonical('['.repeat(40) + ']'.repeat(40))).toThrow(/nested too deep/);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseCanonicalBytes(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(CanonicalError);
    expect(parseCanonicalBytes(utf8('"公评"'))).toBe('公评');
  });
});
