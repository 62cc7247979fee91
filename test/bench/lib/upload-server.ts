import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UPLOAD_DRAIN_MS } from '@app/blobs';
import { startBlobVenue } from '../../../libs/blobs/test/venue.js';
import { serveAsChild } from './child.js';

/** A server of its own process that receives uploads: `ours`, or `bare`, the library with its file store and nothing else. */
async function ours(): Promise<void> {
  const venue = await startBlobVenue();
  await serveAsChild({ url: venue.url }, () => venue.close());
}

async function bare(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'gongping-bare-tus-'));
  const tus = new Server({
    path: '/api/uploads',
    relativeLocation: true,
    datastore: new FileStore({ directory }),
    // As ours. By default a request that was cut keeps its lock for three seconds, in which whoever goes on waits, at every cut.
    lockDrainTimeout: UPLOAD_DRAIN_MS,
  });
  const server = createServer((request, response) => {
    void tus.handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await serveAsChild({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` }, async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true, force: true });
  });
}

await (process.argv[2] === 'bare' ? bare() : ours());
