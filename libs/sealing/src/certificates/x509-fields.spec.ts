import { fromHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { DerError, readChildren, readEcdsaSignature, readElement } from './der.js';
import { ATTRIBUTE, readExtensions, readName, readSerial, readTime } from './x509-fields.js';

const element = (tag: number, content: Uint8Array) => readElement(Uint8Array.from([tag, content.length, ...content]));
const nest = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const content = parts.flatMap((part) => [...part]);
  return Uint8Array.from([tag, content.length, ...content]);
};

describe('DER', () => {
  it.each([
    ['an indefinite length', '3080'],
    ['a length in a long form that a short one can say', '30817f'],
    ['a length with a leading zero', '3082007f'],
    ['a length past the end', '3005000000'],
    ['a length of five octets', '30850000000001'],
    ['nothing', ''],
    ['a tag alone', '30'],
  ])('refuses %s', (_name, hex) => {
    expect(() => readElement(fromHex(hex))).toThrow(DerError);
  });

  it('reads long lengths and children', () => {
    const long = readElement(Uint8Array.from([0x04, 0x81, 0x80, ...new Uint8Array(128)]));
    expect([long.tag, long.content.length, long.end]).toEqual([0x04, 128, 131]);
    expect(readChildren(fromHex('0201010500')).map(({ tag }) => tag)).toEqual([2, 5]);
  });

  it('reads an ECDSA signature into r‖s and refuses other shapes', () => {
    const signature = readEcdsaSignature(fromHex('3007020101020200ff'));
    expect([signature.length, signature[31], signature[62], signature[63]]).toEqual([64, 1, 0, 0xff]);
    for (const bad of ['3003020101', '300602010102010200', '3006040101020101', '3009020101020101020101', '30050201010200'])
      expect(() => readEcdsaSignature(fromHex(bad))).toThrow(DerError);
    expect(() => readEcdsaSignature(nest(0x30, nest(0x02, new Uint8Array(33).fill(1)), nest(0x02, Uint8Array.of(1))))).toThrow(DerError);
  });
});

describe('fields of a certificate', () => {
  it('times in the two forms of RFC 5280, and in no other', () => {
    expect(readTime(element(0x17, utf8('260601040000Z')))).toBe('2026-06-01T04:00:00.000Z');
    expect(readTime(element(0x17, utf8('500601040000Z')))).toBe('1950-06-01T04:00:00.000Z');
    expect(readTime(element(0x18, utf8('20500601040000Z')))).toBe('2050-06-01T04:00:00.000Z');
    for (const [tag, text] of [
      [0x17, '20260601040000Z'],
      [0x18, '260601040000Z'],
      [0x17, '2606010400Z'],
      [0x17, '260601040000+0800'],
      [0x17, '261301040000Z'],
      [0x0c, '260601040000Z'],
    ] as const)
      expect(() => readTime(element(tag, utf8(text)))).toThrow(DerError);
    expect(() => readTime(undefined)).toThrow(DerError);
  });

  it('names in the string types that authorities use', () => {
    const name = (tag: number, bytes: Uint8Array) =>
      readName(readElement(nest(0x30, nest(0x31, nest(0x30, nest(0x06, fromHex(ATTRIBUTE.commonName)), nest(tag, bytes))))));
    expect(name(0x0c, utf8('王丽')).values.get(ATTRIBUTE.commonName)).toBe('王丽');
    expect(name(0x1e, Uint8Array.from([0x73, 0x8b, 0x4e, 0x3d])).text).toBe('CN=王丽');
    expect(name(0x13, utf8('Wang Li')).text).toBe('CN=Wang Li');
    expect(() => name(0x14, utf8('Wang'))).toThrow(DerError);
    expect(() => readName(element(0x31, new Uint8Array()))).toThrow(DerError);
  });

  it('serial numbers without their sign octet', () => {
    expect(readSerial(element(0x02, fromHex('00ff')))).toBe('ff');
    expect(readSerial(element(0x02, fromHex('7f')))).toBe('7f');
    for (const bad of ['', '01'.repeat(22)]) expect(() => readSerial(element(0x02, fromHex(bad)))).toThrow(DerError);
    expect(() => readSerial(element(0x04, fromHex('01')))).toThrow(DerError);
  });

  it('refuses a critical extension that is not understood, and passes over one that is not critical', () => {
    const extension = (critical: boolean) =>
      readElement(
        nest(
          0xa3,
          nest(0x30, nest(0x30, nest(0x06, fromHex('551d1e')), ...(critical ? [fromHex('0101ff')] : []), nest(0x04, fromHex('3000')))),
        ),
      );
    expect(() => readExtensions(extension(true))).toThrow(/critical/);
    expect(readExtensions(extension(false))).toEqual({ isAuthority: false, pathLength: null, usage: null });
    expect(readExtensions(undefined)).toEqual({ isAuthority: false, pathLength: null, usage: null });
  });
});
