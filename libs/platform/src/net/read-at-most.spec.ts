import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAtMost } from './read-at-most.js';

describe('the body of an answer', () => {
  let server: Server;
  let url: string;
  let closed: Promise<unknown>;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/short') {
        response.end('12345');
        return;
      }
      closed = once(response, 'close');
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });

  it('is read whole up to the limit', async () => {
    expect((await readAtMost(await fetch(`${url}/short`), 5)).toString()).toBe('12345');
    await expect(readAtMost(await fetch(`${url}/short`), 4)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('SEC-28 that never ends is left after the limit, and its connection is ended', async () => {
    await expect(readAtMost(await fetch(`${url}/endless`), 1_000_000)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await closed;
  });
});
