import type { ErrorCode } from '@app/contracts';
import { DomainError } from '@app/platform';
import { ERRORS } from '@tus/server';

interface TusError {
  readonly status_code: number;
  readonly body: string;
}

const REFUSALS = new Map<TusError, [ErrorCode, string]>([
  [ERRORS.MISSING_OFFSET, ['MALFORMED', 'Upload-Offset: a number of bytes is expected.']],
  [ERRORS.INVALID_CONTENT_TYPE, ['MALFORMED', 'Content-Type: application/offset+octet-stream is expected.']],
  [ERRORS.INVALID_LENGTH, ['MALFORMED', 'Upload-Length: the number of bytes of the whole file is expected.']],
  [ERRORS.INVALID_METADATA, ['MALFORMED', 'Upload-Metadata does not have the form that tus 1.0.0 defines.']],
  [ERRORS.INVALID_OFFSET, ['UPLOAD_OFFSET', 'The upload goes on at another byte. Ask for its offset (HEAD) and send from there.']],
  [ERRORS.FILE_NOT_FOUND, ['NOT_FOUND', 'There is no such upload.']],
  [ERRORS.FILE_NO_LONGER_EXISTS, ['NOT_FOUND', 'There is no such upload any more.']],
  [ERRORS.ERR_SIZE_EXCEEDED, ['TOO_LARGE', 'More bytes came than Upload-Length declared.']],
  [ERRORS.INVALID_TERMINATION, ['WRONG_STATE', 'The upload is finished: it cannot be ended any more.']],
  [ERRORS.ABORTED, ['UPLOAD_BUSY', 'Another request goes on with this upload.']],
  [ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION, ['MALFORMED', 'Upload-Length must be declared when the upload is created.']],
  [ERRORS.UNSUPPORTED_CONCATENATION_EXTENSION, ['MALFORMED', 'Upload-Concat: uploads in parallel parts are not taken.']],
]);

/** What the tus server throws as the refusal that every edge tells; what it is no refusal of stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof DomainError || !isTusError(error)) return error;
  const known = REFUSALS.get(error);
  if (known !== undefined) return new DomainError(known[0], known[1], { cause: error });
  return error.status_code === 413 ? new DomainError('TOO_LARGE', 'More bytes came than were declared.', { cause: error }) : error;
}

function isTusError(error: unknown): error is TusError {
  return typeof error === 'object' && error !== null && 'status_code' in error && typeof error.status_code === 'number' && 'body' in error;
}
