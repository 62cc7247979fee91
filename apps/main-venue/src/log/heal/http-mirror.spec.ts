import { FakeClock } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpMirror } from './http-mirror.js';

const profile = profileOf('gp-std-1');

/** A megabyte is enough to show that there is an end to it. */
class SmallMirror extends HttpMirror {
  protected override readonly bytesMax = 1_048_576;
}

describe('a site’s mirror over HTTP', () => {
  it('SEC-28 does not fill the memory of the venue that heals from it: a page that never ends is given up', async () => {
    const server = createServer((_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const identity = { venue: 'main', installation: 'test', signer: profile.generateSigner('node'), profile, clock: new FakeClock() };
    await expect(new SmallMirror('sub-1', url, identity).fetch('test/lot/a/1', 0, 10)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    server.closeAllConnections();
    server.close();
  });

  it('SEC-22 asks no venue on another machine without TLS', async () => {
    const identity = { venue: 'main', installation: 'test', signer: profile.generateSigner('node'), profile, clock: new FakeClock() };
    const mirror = new HttpMirror('sub-1', 'http://192.0.2.1:4101', identity);
    await expect(mirror.fetch('test/lot/a/1', 0, 10)).rejects.toThrow('without TLS');
  });
});
