import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from 'express';
import express from 'express';
import type { BlobVenue } from '../../test/venue.js';
import { hashOf, startBlobVenue, Uploader } from '../../test/venue.js';
import { sendFile } from './send-file.js';

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

const CHUNK_BYTES = 1 << 18;
const CHUNKS = 200;

/** A source that writes every chunk over the one before, as the two buffers of a file do. */
class Overwriting {
  /** Chunks that were asked for. */
  asked = 0;
  isClosed = false;
  constructor(private readonly failsAt = Number.POSITIVE_INFINITY) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    const two = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
    try {
      for (let index = 0; index < CHUNKS; index += 1) {
        this.asked += 1;
        if (index === this.failsAt) throw new Error('the disk is gone');
        yield await Promise.resolve((two[index % 2] ?? Buffer.alloc(0)).fill(index));
      }
    } finally {
      this.isClosed = true;
    }
  }
}

describe('a file whose chunks lie in the same memory', () => {
  let server: Server;
  let url: string;
  let source: Overwriting;
  let failure: unknown;
  beforeAll(async () => {
    const app = express();
    app.get('/', (request: Request, response: Response) => {
      const size = CHUNKS * CHUNK_BYTES;
      const file = { size, tag: 'tag', type: 'x/y', attachment: null, open: () => Promise.resolve(source.chunks()) };
      sendFile(request, response, file).catch((error: unknown) => (failure = error));
    });
    server = createServer(app as RequestListener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const soon = async (isTrue: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 500 && !isTrue(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('comes right to a reader that is slow, and is read no faster than it goes', async () => {
    source = new Overwriting();
    const reader = (await fetch(url)).body?.getReader();
    const [came, expected] = [createHash('sha256'), createHash('sha256')];
    for (let index = 0; index < CHUNKS; index += 1) expected.update(Buffer.alloc(CHUNK_BYTES, index));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // What the buffers of both sockets take; the rest waits for the reader.
    expect(source.asked).toBeLessThan(CHUNKS);
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) came.update(read.value as Uint8Array);
    expect([came.digest('hex'), source.isClosed]).toEqual([expected.digest('hex'), true]);
  });

  it('is closed when the reader goes, and when it cannot be read, which the reader sees', async () => {
    source = new Overwriting();
    const abort = new AbortController();
    await (await fetch(url, { signal: abort.signal })).body?.getReader().read();
    abort.abort();
    await soon(() => source.isClosed);
    expect([source.isClosed, source.asked < CHUNKS, failure]).toEqual([true, true, undefined]);
    source = new Overwriting(3);
    await expect((await fetch(url)).arrayBuffer()).rejects.toThrow();
    expect([source.isClosed, String(failure)]).toEqual([true, 'Error: the disk is gone']);
  });
});
