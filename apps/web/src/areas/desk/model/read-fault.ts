import { asRequestError, RequestError } from '@app/client';

/** Why a document or a page of it is not shown, with a documented code. */
export function readFault(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const name = error instanceof Error ? error.name : '';
  const said = asRequestError(error).message;
  if (name === 'PasswordException') return new RequestError('PDF_ENCRYPTED', said, { cause: error });
  if (['PayloadError', 'HeaderError', 'ContainerError'].includes(name)) return new RequestError('PART_ALTERED', said, { cause: error });
  return new RequestError('PDF_BROKEN', said, { cause: error });
}
