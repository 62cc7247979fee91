import { DomainError } from '@app/platform';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import type { ByteSpan, FileSource } from '../store/file-source.js';
import { sendFile } from './send-file.js';

/** Answers with the file of this hash. Whoever asks was let in before. Throws NOT_FOUND, and what {@link sendFile} throws. */
export async function serveFile(files: FileSource, hash: string, request: Request, response: Response): Promise<void> {
  const size = await files.size(hash);
  if (size === null) throw new DomainError('NOT_FOUND', 'There is no whole file of this hash.');
  const open = async (span: ByteSpan): Promise<Readable> => (await files.open(hash, span)) ?? Readable.from([]);
  await sendFile(request, response, { size, tag: hash, type: 'application/octet-stream', attachment: null, open });
}
