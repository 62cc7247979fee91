import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profile } from '../../test/support/people.js';
import { BlobStore, UPLOAD_BYTES_MAX } from './blob-store.js';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

describe('uploaded ciphertexts', () => {
  let folder: string;
  let sut: BlobStore;
  const content = new Uint8Array(5_000).map((_byte, index) => index % 251);
  const hash = profile.hashHex(content);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-blobs-'));
    sut = new BlobStore(folder, profile);
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const piece = (from: number, to: number, person = 'p-1') =>
    sut.append({ hash, person, offset: from, length: content.length, body: once(content.subarray(from, to)) });

  it('goes on where the line broke, and counts only when it is whole (A-91, A-96)', async () => {
    expect(await piece(0, 2_000)).toBe(2_000);
    expect(await sut.fact(hash)).toBeNull();
    expect(await sut.read(hash)).toBeNull();
    await expect(piece(1_000, 3_000)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(await sut.offset(hash, 'p-1')).toEqual({ size: 2_000, complete: false });
    expect(await sut.offset(hash, 'p-2')).toEqual({ size: 0, complete: false });
    expect(await piece(2_000, 5_000)).toBe(5_000);
    expect(await sut.fact(hash)).toEqual({ hash, size: 5_000, complete: true, encrypted: false });
    expect(profile.hashHex((await sut.read(hash)) ?? new Uint8Array(0))).toBe(hash);
  });

  it('refuses another content than the hash names, and starts over', async () => {
    const other = profile.hashHex('another');
    const sent = sut.append({ hash: other, person: 'p-1', offset: 0, length: 3, body: once(new Uint8Array(3)) });
    await expect(sent).rejects.toMatchObject({ code: 'E_INPUT' });
    expect(await sut.offset(other, 'p-1')).toEqual({ size: 0, complete: false });
  });

  it('refuses a piece that runs past its length, and a file that is too large', async () => {
    const other = profile.hashHex('long');
    const sent = sut.append({ hash: other, person: 'p-1', offset: 0, length: 2, body: once(new Uint8Array(3)) });
    await expect(sent).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const large = sut.append({ hash: other, person: 'p-1', offset: 0, length: UPLOAD_BYTES_MAX + 1, body: once(new Uint8Array(1)) });
    await expect(large).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('takes no name but a hash', async () => {
    await expect(sut.read('../../etc/passwd')).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});
