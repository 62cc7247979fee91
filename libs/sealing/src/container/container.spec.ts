import { utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { join } from 'node:path';
import { ContainerError, packContainer, unpackContainer } from './container.js';
import { crc32 } from './crc32.js';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,10}(\/[a-z0-9][a-z0-9._-]{0,10}){0,2}$/);
const content = fc.uint8Array({ maxLength: 200 });

describe('crc32', () => {
  it('is what zlib computes, at every length and offset', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(9), (bytes, from) => {
        const part = bytes.subarray(from);
        expect(crc32(part)).toBe(zlibCrc32(part));
      }),
    );
  });
});

describe('container', () => {
  it('gives one byte string per content, whatever the order files were added in', () => {
    fc.assert(
      fc.property(fc.dictionary(name, content, { maxKeys: 6 }), (files) => {
        const names = Object.keys(files);
        const forth = packContainer(new Map(names.map((key) => [key, files[key] ?? new Uint8Array()])));
        const back = packContainer(new Map(names.reverse().map((key) => [key, files[key] ?? new Uint8Array()])));
        expect(forth).toEqual(back);
        expect(Object.fromEntries([...unpackContainer(forth)].map(([key, value]) => [key, Uint8Array.from(value)]))).toEqual({ ...files });
      }),
    );
  });

  it('finds every flipped byte outside the contents, and by the CRC every one inside', () => {
    const bytes = packContainer(
      new Map([
        ['a.json', utf8('{"a":1}')],
        ['b/c.txt', utf8('hello')],
      ]),
    );
    for (let index = 0; index < bytes.length; index += 1) {
      const broken = Uint8Array.from(bytes);
      broken[index] = (broken[index] ?? 0) ^ 0x01;
      expect(() => unpackContainer(broken)).toThrow(ContainerError);
    }
  });

  it.each([
    ['truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['with something before it', (bytes: Uint8Array) => Uint8Array.from([0, ...bytes])],
    ['with something after it', (bytes: Uint8Array) => Uint8Array.from([...bytes, 0])],
    ['empty', () => new Uint8Array()],
  ])('refuses a container that is %s', (_name, change) => {
    expect(() => unpackContainer(change(packContainer(new Map([['a', utf8('x')]]))))).toThrow(ContainerError);
  });

  it.each(['../a', '/a', 'A', 'a//b', 'a/.', '', 'a'.repeat(201)])('refuses the file name %j', (bad) => {
    expect(() => packContainer(new Map([[bad, new Uint8Array()]]))).toThrow(ContainerError);
  });

  it('is a ZIP file that ordinary tools read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'container-'));
    try {
      const file = join(folder, 'x.zip');
      writeFileSync(file, packContainer(new Map([['a/b.txt', utf8('公评')]])));
      const out = execFileSync('unzip', ['-p', file, 'a/b.txt']);
      expect(out.toString('utf8')).toBe('公评');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
