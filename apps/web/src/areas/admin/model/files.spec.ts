import { LIST_KINDS } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { admin } from '../../../locales/langs/zh-cn/admin.js';
import { CERTIFICATE_BYTES_MAX, cellWords, certificateOf, formatOf, importTone, isGoingOn } from './files.js';

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

describe('what should stand in a cell', () => {
  it.each(LIST_KINDS)('is said for every column of a list of %s', (kind) => {
    const columns = admin.admin.columns[kind].split(', ').map((name) => name.replace(/（.*）/, ''));
    expect(columns.filter((column) => cellWords(kind, { column, code: 'E_CELL_FORM' }) === null)).toEqual([]);
  });

  it('is not said where the content is not at fault', () => {
    expect(cellWords('people', { column: 'organisation', code: 'E_CELL_REFERS' })).toBeNull();
    expect(cellWords('people', { column: '', code: 'E_LINE_CELLS' })).toBeNull();
    expect(cellWords('organisations', { column: 'name', code: 'E_CELL_EMPTY' })).toBe('admin.organisations.nameHint');
  });
});
