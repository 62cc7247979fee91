import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';

const HASH = /^[0-9a-f]{64}$/;

/** Hashes that files of a folder of blobs are named by; none where there is no folder yet. */
export async function storedHashes(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return names.map((name) => basename(name)).filter((name) => HASH.test(name));
}
