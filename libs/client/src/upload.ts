import type { HttpOptions } from './http.js';
import { exchange, RequestError } from './http.js';

/** Bytes in one request: small enough to lose little on a bad line. */
export const UPLOAD_CHUNK_BYTES = 1 << 20;
export const UPLOAD_ATTEMPTS_MAX = 10;

/** Sends a ciphertext in pieces to `/api/blobs/:hash`, asking first how much is there. Throws {@link RequestError}. */
export async function uploadBlob(venue: string, hash: string, content: Uint8Array, options: HttpOptions): Promise<void> {
  const url = `${venue}/api/blobs/${hash}`;
  const headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  for (let attempt = 1; ; attempt += 1) {
    try {
      let offset = await uploaded(url, headers);
      while (offset < content.length) {
        const piece = content.slice(offset, offset + UPLOAD_CHUNK_BYTES);
        await exchange(url, {
          method: 'PATCH',
          headers: {
            ...headers,
            'content-type': 'application/offset+octet-stream',
            'upload-offset': String(offset),
            'upload-length': String(content.length),
          },
          body: piece,
        });
        offset += piece.length;
      }
      return;
    } catch (error) {
      if (!(error instanceof RequestError) || !error.isPassing || attempt >= UPLOAD_ATTEMPTS_MAX) throw error;
    }
  }
}

async function uploaded(url: string, headers: Record<string, string>): Promise<number> {
  const response = await exchange(url, { method: 'HEAD', headers });
  return Number(response.headers.get('upload-offset') ?? 0);
}
