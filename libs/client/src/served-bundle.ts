import { fromUtf8, parseWebManifest, toHex, WEB_MANIFEST } from '@app/contracts';
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import type { HttpClient } from './http.js';
import { RequestError } from './http.js';

/** What a server sends to browsers. */
export interface ServedBundle {
  /** SHA-256 of the manifest that it sends, hexadecimal; null: none that can be read. */
  readonly manifest: string | null;
  /** Addresses that were asked for. */
  readonly count: number;
  /** Addresses that bring something else than the manifest says, or nothing. */
  readonly other: readonly string[];
}

const PAGE = 'index.html';
/** The page is sent for every address of its own: the first one, and one of a lot. */
const PAGE_ADDRESSES = ['', 'lots'];

/**
 * Reads all that a server sends to browsers and compares it with the manifest that it sends. Null when it serves no web client. Throws a
 * passing {@link RequestError} when it cannot be asked.
 */
export async function readServedBundle(http: Pick<HttpClient, 'download'>): Promise<ServedBundle | null> {
  const manifest = await fileAt(http, WEB_MANIFEST);
  const files = manifest === null ? null : parseWebManifest(textOf(manifest));
  if (manifest === null || files === null) {
    const hasPage = (await fileAt(http, '')) !== null;
    return hasPage || manifest !== null ? { manifest: null, count: 1, other: [`/${WEB_MANIFEST}`] } : null;
  }
  const page = files.find(({ path }) => path === PAGE);
  const addresses = [...files, ...PAGE_ADDRESSES.map((path) => ({ path, hash: page?.hash ?? '' }))];
  const other: string[] = [];
  for (const { path, hash } of addresses) {
    const bytes = await fileAt(http, path);
    if (bytes === null || toHex(sha256(bytes)) !== hash) other.push(`/${path}`);
  }
  return { manifest: toHex(sha256(manifest)), count: addresses.length, other };
}

/** What the main venue says that its platform log says of it, unread; null when it does not say. */
export async function readLoggedBundle(http: Pick<HttpClient, 'get'>): Promise<unknown> {
  try {
    return await http.get('/api/web-bundle', z.unknown());
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

/** Null when the server has no such file. */
async function fileAt(http: Pick<HttpClient, 'download'>, path: string): Promise<Uint8Array | null> {
  try {
    return await http.download(`/${path}`);
  } catch (error) {
    if (error instanceof RequestError && !error.isPassing) return null;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    return '';
  }
}
