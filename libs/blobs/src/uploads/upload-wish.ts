import { zHash, zName } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Metadata } from '@tus/server';
import type { IncomingHttpHeaders } from 'node:http';
import type { UploadLimits } from '../limits.js';
import type { UploadWish } from './upload.types.js';

/** The file's name is for people; it never becomes one on the disk. */
const FILE_NAME_LENGTH_MAX = 200;
const BYTES = /^(0|[1-9]\d{0,14})$/;
/** A path, or what no screen can show. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNFIT = /[/\\\u0000-\u001f\u007f]/;

/** Reads what a `POST` of the tus protocol asks for. Throws MALFORMED, TOO_LARGE. */
export function readWish(headers: IncomingHttpHeaders, person: string, limits: UploadLimits): UploadWish {
  const length = headers['upload-length'];
  if (typeof length !== 'string' || !BYTES.test(length) || length === '0')
    throw new DomainError('MALFORMED', 'Upload-Length: the number of bytes of the whole file is expected, at least 1.');
  const size = Number(length);
  if (size > limits.UPLOAD_BYTES_MAX)
    throw new DomainError('TOO_LARGE', `A file has at most ${String(limits.UPLOAD_BYTES_MAX)} bytes (UPLOAD_BYTES_MAX).`);
  const { hash, lot, filename } = readMetadata(headers['upload-metadata']);
  if (!zHash.safeParse(hash).success)
    throw new DomainError('MALFORMED', 'Upload-Metadata: hash (SHA-256 of the whole file, 64 lower-case hexadecimal digits) is expected.');
  if (lot !== undefined && !zName.safeParse(lot).success)
    throw new DomainError('MALFORMED', 'Upload-Metadata: lot is not the name of a lot.');
  if (filename !== undefined && (filename.length === 0 || filename.length > FILE_NAME_LENGTH_MAX || UNFIT.test(filename)))
    throw new DomainError('MALFORMED', `Upload-Metadata: filename is 1 to ${String(FILE_NAME_LENGTH_MAX)} characters without a path.`);
  return { hash: hash ?? '', size, person, lot: lot ?? null };
}

interface UploadMetadata {
  readonly hash: string | undefined;
  readonly lot: string | undefined;
  readonly filename: string | undefined;
}

function readMetadata(header: string | string[] | undefined): UploadMetadata {
  let fields: Record<string, string | null>;
  try {
    fields = Metadata.parse(typeof header === 'string' ? header : '');
  } catch (cause) {
    throw new DomainError('MALFORMED', 'Upload-Metadata does not have the form that tus 1.0.0 defines.', { cause });
  }
  const field = (name: string): string | undefined => (Object.hasOwn(fields, name) ? (fields[name] ?? '') : undefined);
  return { hash: field('hash'), lot: field('lot'), filename: field('filename') };
}
