import { hashBlobs, readArchive } from '@app/archive';
import { NODE_DIGESTS, openFile } from '@app/archive/node';
import { largestMemoryMib, serveAsChild } from './child.js';

/** A process that reads an archive as the verifier does before it asks the rules: container, every form, every checksum, every hash. */
async function main(path: string): Promise<void> {
  const idleMib = largestMemoryMib();
  const begun = performance.now();
  const source = await openFile(path);
  const archive = await readArchive(source);
  const hashes = await hashBlobs(archive, NODE_DIGESTS);
  for (const [name, hash] of hashes) if (name !== hash) throw new Error(`blob ${name} has another hash`);
  await serveAsChild({ seconds: (performance.now() - begun) / 1_000, blobs: hashes.size }, () => source.close(), idleMib);
}

await main(process.argv[2] ?? '');
