import { utf8 } from '@app/contracts';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { join } from 'node:path';
import { bytesAsSource } from './byte-source.js';
import { packContainer, unpackContainer } from './container.js';
import { ContainerError, layOut } from './container-layout.js';
import { placedFiles, readContainer } from './container-reader.js';
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

  it('is found by its directory as by its files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, content, { maxKeys: 6 }), async (files) => {
        const source = bytesAsSource(packContainer(new Map(Object.entries(files))));
        expect(await placedFiles(source)).toEqual(await readContainer(source));
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

  it('is read by its headers alone, and then every flipped byte outside the contents is found', async () => {
    const files = new Map([
      ['a.json', utf8('{"a":1}')],
      ['b/c.txt', utf8('hello')],
    ]);
    const bytes = packContainer(files);
    const placed = await readContainer(bytesAsSource(bytes));
    expect(placed.map(({ name: of, offset, size }) => [of, bytes.subarray(offset, offset + size)])).toEqual([...files]);
    const isContent = (index: number): boolean => placed.some(({ offset, size }) => index >= offset && index < offset + size);
    for (let index = 0; index < bytes.length; index += 1) {
      if (isContent(index)) continue;
      const broken = Uint8Array.from(bytes);
      broken[index] = (broken[index] ?? 0) ^ 0x01;
      await expect(readContainer(bytesAsSource(broken))).rejects.toThrow(ContainerError);
    }
    for (const broken of [
      bytes.subarray(0, bytes.length - 1),
      Uint8Array.from([...bytes, 0]),
      Uint8Array.from([0, ...bytes]),
      new Uint8Array(),
    ])
      await expect(readContainer(bytesAsSource(broken))).rejects.toThrow(ContainerError);
  });

  describe('beyond four gigabytes', () => {
    const GIB = 1024 ** 3;
    // A file that is larger than the old fields hold, one that begins beyond them, and one of each kind before.
    const files = [
      { name: 'a', size: 10, crc: 1 },
      { name: 'b', size: 5 * GIB, crc: 2 },
      { name: 'c', size: 3, crc: 3 },
    ];
    const folder = mkdtempSync(join(tmpdir(), 'container-64-'));
    const path = join(folder, 'x.zip');
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    /** The container with contents of zeros, which take no room on the disk. */
    const handle = (async () => {
      const file = await open(path, 'w+');
      let at = 0;
      for (const piece of layOut(files).pieces) {
        if (piece.kind === 'bytes') await file.write(piece.bytes, 0, piece.bytes.length, at);
        at += piece.kind === 'bytes' ? piece.bytes.length : piece.size;
      }
      return file;
    })();

    it('it has the 64-bit extension, and is read like any other', async () => {
      const file = await handle;
      const { size } = await file.stat();
      const read = async (from: number, to: number): Promise<Uint8Array> => {
        const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(to - from), position: from });
        return buffer.subarray(0, bytesRead);
      };
      expect(size).toBe(layOut(files).size);
      const placed = await readContainer({ size, read });
      expect(placed.map(({ name: of, size: length, crc }) => ({ name: of, size: length, crc }))).toEqual(files);
      expect(await placedFiles({ size, read })).toEqual(placed);
    });

    it('ordinary tools list it', async () => {
      await handle;
      const out = execFileSync('unzip', ['-l', path]).toString('utf8');
      expect(out).toMatch(/10 .* a\n/);
      expect(out).toMatch(/5368709120 .* b\n/);
      expect(out).toMatch(/3 .* c\n/);
    });

    it('smaller ones do not have it: their bytes are what they always were', () => {
      const bytes = packContainer(new Map([['a', utf8('x')]]));
      expect(bytes.length).toBe(30 + 1 + 1 + 46 + 1 + 22);
    });
  });
});
