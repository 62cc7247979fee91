import { describe, expect, it } from '@jest/globals';
import { CERTIFICATE_BYTES_MAX, certificateOf, formatOf, importTone, isGoingOn } from './files.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('a certificate file', () => {
  it('is taken as DER or as PEM, and both are the same bytes', () => {
    const der = new Uint8Array([0x30, 0x03, 0xfb, 0xff, 0xbf]);
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
    expect(certificateOf(der)).toBe('MAP7_78');
    expect(certificateOf(text(pem))).toBe('MAP7_78');
  });

  it('is refused when it is neither, empty, or too large', () => {
    expect(certificateOf(text('hello'))).toBeNull();
    expect(certificateOf(new Uint8Array())).toBeNull();
    expect(certificateOf(new Uint8Array(CERTIFICATE_BYTES_MAX + 1).fill(0x30))).toBeNull();
  });
});

describe('a list', () => {
  it('has its form by its name', () => {
    expect([formatOf('people.CSV'), formatOf('a.json'), formatOf('a.xlsx')]).toEqual(['csv', 'json', null]);
  });

  it('goes on until it is done, refused or given up, and says so in a shape', () => {
    expect(['waiting', 'running', 'done', 'refused', 'stopped'].map((state) => isGoingOn({ state: state as 'done' }))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(importTone({ state: 'done', faults: 0 }).shape).toBe('✓');
    expect(importTone({ state: 'done', faults: 2 }).tone).toBe('is-warn');
    expect(importTone({ state: 'refused', faults: 0 }).tone).toBe('is-bad');
    expect(importTone({ state: 'stopped', faults: 0 }).tone).toBe('is-bad');
  });
});
