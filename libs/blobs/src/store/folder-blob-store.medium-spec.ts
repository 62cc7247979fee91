import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FolderBlobStore } from './folder-blob-store.js';

const content = Buffer.from(Array.from({ length: 600_000 }, (_none, index) => index % 251));
const hash = createHash('sha256').update(content).digest('hex');

function* pieces(bytes: Buffer, size = 70_000): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function* broken(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(content.subarray(0, 100_000));
  throw new Error('cut');
}
const iterate = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  yield* await Promise.resolve(pieces(bytes));
};
const read = async (stream: Readable | null): Promise<Buffer> => (stream === null ? Buffer.from('none') : buffer(stream));

describe('blobs in a folder', () => {
  let folder: string;
  let sut: FolderBlobStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-blobs-'));
    sut = new FolderBlobStore(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are read back whole and in parts, and are not there before and after', async () => {
    expect([await sut.has(hash), await sut.size(hash), await sut.open(hash)]).toEqual([false, null, null]);
    await sut.put(hash, iterate(content));
    expect([await sut.has(hash), await sut.size(hash)]).toEqual([true, content.length]);
    expect((await read(await sut.open(hash))).equals(content)).toBe(true);
    expect((await read(await sut.open(hash, { from: 250_000, to: 270_001 }))).equals(content.subarray(250_000, 270_001))).toBe(true);
    expect((await read(await sut.open(hash, { from: 599_999, to: 700_000 }))).equals(content.subarray(599_999))).toBe(true);
    expect((await read(await sut.open(hash, { from: 600_000, to: 700_000 }))).length).toBe(0);
    await sut.put(hash, iterate(content));
    await sut.remove(hash);
    await sut.remove(hash);
    expect(await sut.has(hash)).toBe(false);
  });

  it('are never there by half: another content, or a source that breaks off, leaves nothing', async () => {
    const other = createHash('sha256').update('other').digest('hex');
    await expect(sut.put(other, iterate(content))).rejects.toMatchObject({ code: 'HASH_MISMATCH' });
    // The source breaks off while the disk still makes the file: two hundred tries, for it is a race.
    for (let turn = 0; turn < 200; turn += 1) await expect(sut.put(hash, broken())).rejects.toThrow('cut');
    expect([await sut.has(other), await sut.has(hash), await readdir(join(folder, 'arriving'))]).toEqual([false, false, []]);
  });

  it('take over a file that is there, also twice', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await writeFile(join(folder, 'whole'), content);
      await sut.adopt(hash, join(folder, 'whole'));
      expect([await sut.size(hash), (await readdir(folder)).includes('whole')]).toEqual([content.length, false]);
    }
  });

  it.each(['', '../../etc/passwd', hash.toUpperCase(), `${hash}/..`])('have no name but a hash: %j', async (name) => {
    await expect(sut.size(name)).rejects.toMatchObject({ code: 'MALFORMED' });
    await expect(sut.put(name, iterate(content))).rejects.toMatchObject({ code: 'MALFORMED' });
    await expect(sut.remove(name)).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});
