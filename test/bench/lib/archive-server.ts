import { readArchive, writeArchive } from '@app/archive';
import { openFile } from '@app/archive/node';
import { FolderBlobStore, sendFile } from '@app/blobs';
import { chunksOf } from '@app/sealing';
import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ArchivedBlobs } from '../../../apps/main-venue/src/archive/archived-blobs.js';
import { serveAsChild } from './child.js';

/**
 * A process that serves an archive as the main venue does: the entries of a golden lot, and ciphertexts of any size from a folder of blobs.
 * Arguments: the golden archive, the folder, the hashes.
 */
async function main([golden = '', folder = '', ...hashes]: string[]): Promise<void> {
  const source = await openFile(golden);
  const lot = await readArchive(source);
  const stored = new ArchivedBlobs(new FolderBlobStore(folder));
  const app = express();
  app.get('/archive', async (request, response) => {
    const blobs = new Map(lot.blobs);
    for (const hash of hashes) {
      const blob = await stored.find(hash);
      if (blob === null) throw new Error(`no blob ${hash}`);
      blobs.set(hash, blob);
    }
    const archive = writeArchive({ ...lot, blobs });
    await sendFile(request, response, {
      size: archive.size,
      tag: String(archive.size),
      type: 'application/zip',
      attachment: null,
      open: ({ from, to }) => Promise.resolve(chunksOf(archive, from, to)),
    });
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await serveAsChild({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/archive` }, async () => {
    server.closeAllConnections();
    server.close();
    await source.close();
  });
}

await main(process.argv.slice(2));
