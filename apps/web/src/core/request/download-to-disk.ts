import type { HttpClient } from '@app/client';
import type { CryptoProfile } from '@app/sealing';
import { localNow } from '../../utils/monotonic.js';
import { patientRange } from './patient-range.js';

/** Asked for at a time, and all of a file that lies in memory: little enough for a slow line within the time of one request. */
const RANGE_BYTES = 1 << 20;
/** Folder of the browser's own file system. */
const FOLDER = 'downloads';
/** What was handed over is read by the browser for a while after; then it goes, with what a closed page left. */
const OLD_MS = 60 * 60_000;

/** A file that lies on this device, and that nobody but this page has yet. */
export interface Downloaded {
  readonly file: File;
  /** The profile's hash of what came, in hexadecimal. */
  readonly hash: string;
  readonly forget: () => Promise<void>;
}

/**
 * Downloads a file in ranges into the browser's own file system and hashes it on the way: whoever calls compares the hash before anybody gets
 * the file. A line that is cut for some seconds costs the range that was under way. Throws what the requests throw, a `QuotaExceededError`
 * when the disk is full, and when `signal` ends it; nothing is left then.
 */
export async function downloadToDisk(
  http: Pick<HttpClient, 'size' | 'range'>,
  profile: Pick<CryptoProfile, 'newHash'>,
  path: string,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Downloaded> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  await sweep(folder);
  const size = await http.size(path);
  const name = crypto.randomUUID();
  const handle = await folder.getFileHandle(name, { create: true });
  const forget = (): Promise<void> => folder.removeEntry(name).catch(() => undefined);
  const out = await handle.createWritable();
  try {
    const running = profile.newHash();
    for (let at = 0; at < size;) {
      onProgress(at, size);
      const to = Math.min(size, at + RANGE_BYTES);
      const piece = await patientRange(http, path, { from: at, to }, () => signal);
      running.update(piece);
      await out.write(Uint8Array.from(piece));
      at = to;
    }
    await out.close();
    return { file: await handle.getFile(), hash: running.hex(), forget };
  } catch (error) {
    await out.abort().catch(() => undefined);
    await forget();
    throw error;
  }
}

async function sweep(folder: FileSystemDirectoryHandle): Promise<void> {
  const before = localNow() - OLD_MS;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind !== 'file') continue;
    const { lastModified } = await handle.getFile();
    // Another page may be writing it: its lock keeps it.
    if (lastModified < before) await folder.removeEntry(name).catch(() => undefined);
  }
}
