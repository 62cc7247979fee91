import type { UploadReceipt } from '@app/contracts';
import { UPLOADS_PATH, zProblem, zUploadReceipt, zUploadReceipts } from '@app/contracts';
import type { DetailedError } from 'tus-js-client';
import { Upload } from 'tus-js-client';
import type { HttpOptions } from './http.js';
import { RequestError, requestJson } from './http.js';

/** Bytes in one request: a bad line loses no more than this, and a file of any size is never whole in memory. */
export const UPLOAD_CHUNK_BYTES = 16 * 1024 * 1024;
/** Pauses between attempts that brought no byte further; then the upload is given up, and may be gone on with later. */
export const UPLOAD_RETRY_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

/** Where the bytes come from: a file on a disk, in the browser's store, or in memory. */
export interface UploadSource {
  readonly size: number;
  /** Bytes `from` to before `to`. */
  readonly slice: (from: number, to: number) => Promise<Uint8Array | Blob>;
}

export interface UploadOptions extends HttpOptions {
  /** SHA-256 of the whole file; the venue takes nothing else. */
  readonly hash: string;
  readonly lot?: string;
  readonly retryMs?: readonly number[];
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void;
  /** Ends the upload; what has arrived stays, and the same call goes on with it. */
  readonly signal?: AbortSignal;
}

export const bytesSource = (bytes: Uint8Array): UploadSource => ({
  size: bytes.length,
  slice: (from, to) => Promise.resolve(bytes.subarray(from, to)),
});

/**
 * Uploads a file by the tus protocol and answers the venue's receipt. Asks first what the venue has of it, so nothing is remembered here:
 * after a cut, a crash or on another day the same call goes on where it stopped. Throws {@link RequestError}.
 */
export async function uploadFile(venue: string, source: UploadSource, options: UploadOptions): Promise<UploadReceipt> {
  const { hash } = options;
  const earlier = zUploadReceipts.parse(await requestJson('GET', `${venue}${UPLOADS_PATH}?hash=${hash}`, undefined, options));
  const stored = earlier.find(({ state }) => state === 'stored');
  if (stored !== undefined) return stored;
  const open = earlier.find(({ state, size }) => state === 'open' && size === source.size);
  const url = await send(venue, source, options, open === undefined ? null : `${venue}${UPLOADS_PATH}/${open.id}`);
  const receipt = zUploadReceipt.parse(await requestJson('GET', url, undefined, options));
  if (receipt.state !== 'stored')
    throw new RequestError('HASH_MISMATCH', 'The venue received another content than the hash names.', { status: 409 });
  return receipt;
}

/** Sends what is missing; answers the address of the upload. */
function send(venue: string, source: UploadSource, options: UploadOptions, uploadUrl: string | null): Promise<string> {
  const { token, hash, lot, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    // The library reads by `fileReader` alone; its own argument only has to be there.
    const upload = new Upload(new Blob([]), {
      endpoint: `${venue}${UPLOADS_PATH}`,
      uploadUrl,
      metadata: { hash, ...(lot === undefined ? {} : { lot }) },
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      chunkSize: UPLOAD_CHUNK_BYTES,
      retryDelays: [...(options.retryMs ?? UPLOAD_RETRY_MS)],
      storeFingerprintForResuming: false,
      fingerprint: () => Promise.resolve(hash),
      fileReader: {
        openFile: () =>
          Promise.resolve({
            size: source.size,
            slice: async (from, to) => ({ value: sized(await source.slice(from, Math.min(to, source.size))), done: to >= source.size }),
            close: () => undefined,
          }),
      },
      onShouldRetry: (error) => isWorthAgain(refusalOf(error)),
      ...(onProgress === undefined ? {} : { onProgress }),
      onError: (error) => {
        reject(refusalOf(error));
      },
      onSuccess: () => {
        if (upload.url === null) reject(new RequestError('INTERNAL', 'the upload has no address'));
        else resolve(new URL(upload.url, venue).href);
      },
    });
    signal?.addEventListener('abort', () => {
      void upload.abort();
      reject(new RequestError('UNAVAILABLE', 'the upload was ended here'));
    });
    upload.start();
  });
}

/** The library asks a piece for its `size`, which bytes do not have by themselves. */
export const sized = (piece: Uint8Array | Blob): Uint8Array | Blob =>
  piece instanceof Uint8Array ? Object.assign(piece.subarray(), { size: piece.length }) : piece;

/** Another offset and another request are no refusals: the library asks for the offset and goes on. */
const isWorthAgain = (error: RequestError): boolean => error.isPassing || error.code === 'UPLOAD_OFFSET' || error.code === 'UPLOAD_BUSY';

function refusalOf(error: Error | DetailedError): RequestError {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (response === null) return new RequestError('UNAVAILABLE', `the venue cannot be reached: ${error.message}`);
  const status = response.getStatus();
  const problem = zProblem.safeParse(read(response.getBody()));
  if (problem.success) return new RequestError(problem.data.code, problem.data.message, { status, requestId: problem.data.requestId });
  return new RequestError('INTERNAL', `the venue answered ${status}`, { status });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
