import { DomainError } from '@app/platform';
import type { Request, Response } from 'express';
import type { ByteSpan } from '../store/file-source.js';
import { readRange } from './byte-range.js';

/** Something that is served by its bytes. Its content never changes under the same tag. */
export interface ServedFile {
  readonly size: number;
  /** Without quotes: a hash of the content, or of all that it is made of. */
  readonly tag: string;
  readonly type: string;
  /** Name under which a browser keeps it; null to show it. */
  readonly attachment: string | null;
  /** Its bytes from front to back. A chunk is used before the next one is asked for, so that its memory may serve again. */
  readonly open: (span: ByteSpan) => Promise<AsyncIterable<Uint8Array>>;
}

/**
 * Answers `GET` or `HEAD`: 200, 206 for one range, 304 for a known tag; `If-Range` as RFC 9110 says. Throws RANGE_UNSATISFIABLE, with
 * `Content-Range` already set. Whoever may read the file was asked before. Returns when it was sent, or the other end is gone.
 */
export async function sendFile(request: Request, response: Response, file: ServedFile): Promise<void> {
  const tag = `"${file.tag}"`;
  response.set({ 'Accept-Ranges': 'bytes', ETag: tag, 'Cache-Control': 'private, no-store' });
  if (isKnown(request.headers['if-none-match'], tag)) {
    response.status(304).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const wish = readRange(ifRange === undefined || ifRange === tag ? request.headers.range : undefined, file.size);
  if (wish.kind === 'none') {
    response.set('Content-Range', `bytes */${String(file.size)}`);
    throw new DomainError('RANGE_UNSATISFIABLE', `The file has ${String(file.size)} bytes.`);
  }
  const span = wish.kind === 'part' ? wish.span : { from: 0, to: file.size };
  // Before anything is said of it: what cannot be opened is answered with its own error.
  const content = request.method === 'HEAD' ? null : await file.open(span);
  response.status(wish.kind === 'part' ? 206 : 200).set({ 'Content-Type': file.type, 'Content-Length': String(span.to - span.from) });
  if (wish.kind === 'part') response.set('Content-Range', `bytes ${String(span.from)}-${String(span.to - 1)}/${String(file.size)}`);
  if (file.attachment !== null) response.set('Content-Disposition', `attachment; filename="${file.attachment}"`);
  if (content === null) response.end();
  else await send(content, response);
}

/**
 * Each chunk is handed to the machine's network before the next is read: no more of a file lies in memory than that, however slow the other
 * end is. A read that fails breaks the connection off: the other end has fewer bytes than it was promised, and sees it.
 */
async function send(content: AsyncIterable<Uint8Array>, response: Response): Promise<void> {
  try {
    for await (const chunk of content) if (!(await isTaken(response, chunk))) return;
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** False when the other end is gone. A connection that closes forgets what waits for its turn without a word: hence both ways to learn it. */
const isTaken = (response: Response, chunk: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    const gone = (): void => {
      resolve(false);
    };
    response.once('close', gone);
    response.write(chunk, (error) => {
      response.off('close', gone);
      resolve(error === null || error === undefined);
    });
  });

const isKnown = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((known) => known.trim().replace(/^W\//, '') === tag) ?? false;
