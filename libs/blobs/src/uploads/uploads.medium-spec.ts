import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { join } from 'node:path';
import type { BlobVenue } from '../../test/venue.js';
import { hashOf, startBlobVenue, Uploader } from '../../test/venue.js';

const SETUP_MS_MAX = 60_000;
const UPLOADS_OPEN_PER_PERSON_MAX = 8;
const content = randomBytes(3_000_000);
const hash = hashOf(content);
const size = content.length;
const TAKE_OVER_MS_MAX = 5_000;

describe('resumable uploads', () => {
  let venue: BlobVenue;
  beforeAll(async () => {
    venue = await startBlobVenue({ UPLOADS_OPEN_PER_PERSON_MAX });
  }, SETUP_MS_MAX);
  afterAll(() => venue.close());

  let people = 0;
  /** Everybody of their own, so that no test meets another's quota. */
  const somebody = (): Uploader => new Uploader(() => venue.url, `person-${String((people += 1))}`);
  const parts = (): Promise<string[]> => readdir(join(venue.folder, 'uploads'));
  const idOf = (path: string): string => path.split('/').at(-1) ?? '';
  const stored = async (of = hash): Promise<boolean> => (await somebody().fetch('HEAD', `/api/blobs/${of}`)).status === 200;

  it('go on where the line broke, and count only when they are whole and right (A-91, A-96)', async () => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    expect(path).toMatch(/^\/api\/uploads\/[0-9a-f-]{36}$/);
    expect((await sut.append(path, 0, content.subarray(0, 1_000_000))).headers.get('upload-offset')).toBe('1000000');
    expect([await sut.offset(path), await stored()]).toEqual([1_000_000, false]);
    expect(await sut.receipt(path)).toMatchObject({ hash, size, received: 1_000_000, state: 'open' });
    expect((await sut.append(path, 1_000_000, content.subarray(1_000_000))).status).toBe(204);
    expect([await sut.offset(path), await stored()]).toEqual([size, true]);
    // The last answer may be lost: how it ended can be asked for as often as one likes.
    for (let turn = 0; turn < 2; turn += 1) expect(await sut.receipt(path)).toMatchObject({ received: size, state: 'stored' });
    const mine = await (await sut.fetch('GET', `/api/uploads?hash=${hash}`)).json();
    expect(mine).toEqual([expect.objectContaining({ id: idOf(path), state: 'stored' })]);
    expect(await parts()).not.toContain(idOf(path));
  });

  it('refuse another offset and lose nothing', async () => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    await sut.append(path, 0, content.subarray(0, 1_000));
    for (const wrong of [0, 999, 1_001, size]) {
      expect(await sut.append(path, wrong, content.subarray(0, 10))).toMatchObject({ status: 409, code: 'UPLOAD_OFFSET' });
    }
    expect(await sut.offset(path)).toBe(1_000);
    await sut.append(path, 1_000, content.subarray(1_000));
    expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
  });

  it('refuse more bytes than were declared, announced or not', async () => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    expect(await sut.append(path, 0, Buffer.concat([content, Buffer.from('x')]))).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    const endless = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(content));
        controller.enqueue(new Uint8Array(1_000_000));
        controller.close();
      },
    });
    expect(await sut.append(path, 0, endless)).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    const offset = await sut.offset(path);
    expect(offset).toBeLessThanOrEqual(size);
    if (offset < size) await sut.append(path, offset, content.subarray(offset));
    expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
  });

  it('refuse a content that is not the declared one, keep nothing of it, and say so for ever', async () => {
    const sut = somebody();
    const lie = hashOf(Buffer.from('something else'));
    const path = await sut.begin({ hash: lie, size });
    expect(await sut.append(path, 0, content)).toMatchObject({ status: 400, code: 'HASH_MISMATCH' });
    expect(await sut.receipt(path)).toMatchObject({ state: 'refused' });
    expect((await sut.request('HEAD', path)).status).toBe(400);
    expect([await stored(lie), (await parts()).includes(idOf(path))]).toEqual([false, false]);
  });

  it('of another person cannot be seen, continued, asked about or ended', async () => {
    const [sut, stranger] = [somebody(), somebody()];
    const path = await sut.begin({ hash, size });
    const told = await Promise.all([
      stranger.request('HEAD', path),
      stranger.append(path, 0, content.subarray(0, 10)),
      stranger.request('DELETE', path),
      stranger.request('GET', path),
    ]);
    expect(told.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await (await stranger.fetch('GET', `/api/uploads?hash=${hash}`)).json()).toEqual([]);
    expect(await sut.offset(path)).toBe(0);
    expect(await fetch(venue.url + path, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).toMatchObject({ status: 401 });
  });

  it('have addresses of ours alone: a path in the place of the id names nothing', async () => {
    const sut = somebody();
    for (const id of ['..%2f..%2fetc%2fpasswd', '%2e%2e', 'x', hash]) {
      expect(await sut.append(`/api/uploads/${id}`, 0, 'x')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      expect((await sut.request('GET', `/api/uploads/${id}`)).status).toBe(404);
    }
    expect(await sut.create({ hash, size, filename: '../../x.pdf' })).toMatchObject({ status: 400, code: 'MALFORMED' });
  });

  it.each<[string, Record<string, string>]>([
    ['no version', { 'tus-resumable': '' }],
    ['another version', { 'tus-resumable': '0.2.2' }],
    ['no number as offset', { 'upload-offset': 'x' }],
    ['another type', { 'content-type': 'text/plain' }],
    ['parallel parts', { 'upload-concat': 'partial' }],
    ['a length later', { 'upload-defer-length': '1' }],
  ])('are refused in our own words with %s', async (_name, headers) => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    expect(await sut.append(path, 0, 'x', headers)).toMatchObject({ status: 400, code: 'MALFORMED' });
  });

  it('can be ended by their owner while they are open, not afterwards', async () => {
    const sut = somebody();
    const [open, whole] = [await sut.begin({ hash, size }), await sut.begin({ hash, size })];
    await sut.append(whole, 0, content);
    expect(await sut.request('DELETE', open)).toMatchObject({ status: 204 });
    expect(await sut.request('HEAD', open)).toMatchObject({ status: 404 });
    expect(await sut.request('DELETE', whole)).toMatchObject({ status: 409, code: 'WRONG_STATE' });
    expect(await stored()).toBe(true);
  });

  it('are limited per person, however many come at once', async () => {
    const sut = somebody();
    const told = await Promise.all(Array.from({ length: 20 }, () => sut.create({ hash, size })));
    expect(told.filter(({ status }) => status === 201)).toHaveLength(UPLOADS_OPEN_PER_PERSON_MAX);
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([null, 'QUOTA_EXCEEDED']));
    expect((await somebody().create({ hash, size })).status).toBe(201);
  });

  describe('whose request is cut or hangs', () => {
    /** A request that sends `bytes` and then neither more nor an end. */
    const hanging = async (path: string, person: string, bytes: Buffer): Promise<ClientRequest> => {
      const request = httpRequest(venue.url + path, {
        method: 'PATCH',
        headers: {
          'x-person': person,
          'tus-resumable': '1.0.0',
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
          'content-length': String(size),
        },
      });
      request.on('error', () => undefined);
      request.write(bytes);
      await once(request, 'drain').catch(() => undefined);
      return request;
    };
    const arrived = async (path: string): Promise<void> => {
      while (!(await parts()).includes(idOf(path))) await venue.clock.sleep(10);
      await venue.clock.sleep(200);
    };

    it('keep what came before the cut', async () => {
      const sut = new Uploader(() => venue.url, 'cut');
      const path = await sut.begin({ hash, size });
      const request = await hanging(path, 'cut', content.subarray(0, 1_500_000));
      await arrived(path);
      request.destroy();
      const offset = await sut.offset(path);
      expect(offset).toBeGreaterThan(0);
      await sut.append(path, offset, content.subarray(offset));
      expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
    });

    it('let a second request take over soon: a dead connection blocks nobody', async () => {
      const sut = new Uploader(() => venue.url, 'hanging');
      const path = await sut.begin({ hash, size });
      const request = await hanging(path, 'hanging', content.subarray(0, 1_500_000));
      await arrived(path);
      const begun = performance.now();
      const offset = await sut.offset(path);
      expect(performance.now() - begun).toBeLessThan(TAKE_OVER_MS_MAX);
      expect(offset).toBeGreaterThan(0);
      await sut.append(path, offset, content.subarray(offset));
      expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
      request.destroy();
    });
  });

  it('whose last step was cut off are finished when somebody asks how they ended', async () => {
    const sut = somebody();
    const [right, wrong] = [await sut.begin({ hash, size }), await sut.begin({ hash: hashOf(Buffer.from('x')), size })];
    // As after a power cut between the last byte and the end.
    for (const path of [right, wrong]) await writeFile(join(venue.folder, 'uploads', idOf(path)), content);
    expect(await sut.receipt(right)).toMatchObject({ state: 'stored' });
    expect(await sut.receipt(wrong)).toMatchObject({ state: 'refused' });
  });

  it('on a full disk are refused with what to do, and are not lost', async () => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    const part = join(venue.folder, 'uploads', idOf(path));
    await rm(part);
    await symlink('/dev/full', part);
    expect(await sut.append(path, 0, content)).toMatchObject({ status: 503, code: 'STORAGE_FULL' });
    await rm(part);
    await writeFile(part, '');
    expect((await sut.append(path, await sut.offset(path), content)).status).toBe(204);
    expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
  });

  it('that nobody goes on with are removed by their last byte, not by their beginning', async () => {
    const sut = somebody();
    const [left, alive] = [await sut.begin({ hash, size }), await sut.begin({ hash, size })];
    const whole = await sut.begin({ hash, size });
    await sut.append(whole, 0, content);
    await writeFile(join(venue.folder, 'uploads', 'not-an-upload'), 'x');
    venue.clock.aheadMs = 30 * 3_600_000;
    await sut.append(alive, 0, content.subarray(0, 10));
    venue.clock.aheadMs = 60 * 3_600_000;
    expect(await venue.uploads.cleanUp()).toBeGreaterThan(0);
    venue.clock.aheadMs = 0;
    expect([await sut.offset(alive), (await sut.receipt(whole)).state, await stored()]).toEqual([10, 'stored', true]);
    expect(await sut.request('HEAD', left)).toMatchObject({ status: 404 });
    expect(await parts()).not.toContain(idOf(left));
    expect(await parts()).not.toContain('not-an-upload');
  });

  it('go on after a restart: what lies on the disk is hashed again', async () => {
    const sut = somebody();
    const path = await sut.begin({ hash, size });
    await sut.append(path, 0, content.subarray(0, 2_000_000));
    venue = await venue.restart();
    expect(await sut.offset(path)).toBe(2_000_000);
    await sut.append(path, 2_000_000, content.subarray(2_000_000));
    expect(await sut.receipt(path)).toMatchObject({ state: 'stored' });
  });

  it('are limited in bytes per person and per lot', async () => {
    venue = await venue.restart({ UPLOAD_BYTES_PER_PERSON_MAX: 2 * size, UPLOAD_BYTES_PER_LOT_MAX: 3 * size });
    const [first, second] = [somebody(), somebody()];
    const lot = 'lot-1';
    for (const sut of [first, first, second]) await sut.begin({ hash, size, lot });
    expect(await first.create({ hash, size })).toMatchObject({ status: 409, code: 'QUOTA_EXCEEDED' });
    expect(await second.create({ hash, size, lot })).toMatchObject({ status: 409, code: 'QUOTA_EXCEEDED' });
    expect((await second.create({ hash, size, lot: 'lot-2' })).status).toBe(201);
  });
});
