import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { BlobVenue } from '../../test/venue.js';
import { hashOf, startBlobVenue, Uploader } from '../../test/venue.js';

const content = randomBytes(1_000_000);
const hash = hashOf(content);

describe('stored files over HTTP', () => {
  let venue: BlobVenue;
  let sut: Uploader;
  beforeAll(async () => {
    venue = await startBlobVenue();
    sut = new Uploader(() => venue.url);
    await sut.append(await sut.begin({ hash, size: content.length }), 0, content);
  }, 60_000);
  afterAll(() => venue.close());

  const get = async (headers: Record<string, string> = {}) => {
    const response = await sut.fetch('GET', `/api/blobs/${hash}`, headers);
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  };

  it('come whole, tagged with their hash', async () => {
    const { status, headers, body } = await get();
    expect([status, body.equals(content), headers.get('etag'), headers.get('accept-ranges')]).toEqual([200, true, `"${hash}"`, 'bytes']);
  });

  it('come in parts', async () => {
    const { status, headers, body } = await get({ range: 'bytes=10-19' });
    expect([status, headers.get('content-range'), body.equals(content.subarray(10, 20))]).toEqual([206, 'bytes 10-19/1000000', true]);
    expect((await get({ range: 'bytes=-5' })).body.equals(content.subarray(999_995))).toBe(true);
  });

  it('do not have the bytes past their end', async () => {
    const { status, headers, body } = await get({ range: 'bytes=1000000-' });
    expect([status, headers.get('content-range')]).toEqual([416, 'bytes */1000000']);
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'RANGE_UNSATISFIABLE' });
  });

  it('come in parts only while they are the ones the asker knows', async () => {
    expect((await get({ range: 'bytes=0-0', 'if-range': `"${hash}"` })).status).toBe(206);
    expect((await get({ range: 'bytes=0-0', 'if-range': '"another"' })).status).toBe(200);
    expect((await get({ 'if-none-match': `"another", W/"${hash}"` })).status).toBe(304);
  });

  it('tell their size alone to HEAD, and are not found under another hash', async () => {
    const response = await sut.fetch('HEAD', `/api/blobs/${hash}`);
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '1000000']);
    expect((await sut.request('GET', `/api/blobs/${'0'.repeat(64)}`)).code).toBe('NOT_FOUND');
    expect((await sut.request('GET', '/api/blobs/..%2f..%2fetc%2fpasswd')).code).toBe('MALFORMED');
  });

  it('break off when the reader goes, and serve the next one', async () => {
    const abort = new AbortController();
    const response = await fetch(`${venue.url}/api/blobs/${hash}`, { signal: abort.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    abort.abort();
    expect((await get()).body.equals(content)).toBe(true);
  });
});
