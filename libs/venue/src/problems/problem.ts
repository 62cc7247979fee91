import type { ErrorCode, Problem } from '@app/contracts';
import { ERROR_CODES } from '@app/contracts';
import { isDatabaseAway, isDomainError } from '@app/platform';
import { HttpException } from '@nestjs/common';

const STATUS: Partial<Record<ErrorCode, number>> = {
  MALFORMED: 400,
  E_INPUT: 400,
  HASH_MISMATCH: 400,
  TOO_LARGE: 413,
  RANGE_UNSATISFIABLE: 416,
  NOT_FOUND: 404,
  BEYOND_LOG: 416,
  UNAUTHENTICATED: 401,
  CERT_UNKNOWN: 401,
  CERT_EXPIRED: 401,
  CERT_REVOKED: 401,
  BAD_SIGNATURE: 401,
  FORBIDDEN: 403,
  NO_PART: 403,
  NOT_SEATED: 403,
  ASSURANCE: 403,
  RATE_LIMITED: 429,
  READ_ONLY: 503,
  STORAGE_FULL: 503,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};
const REFUSED_STATUS = 409;

/** HTTP status of a code; what is no failure of the request itself is a conflict (a rule refuses; QUEUED: there is no answer yet). */
export const statusOf = (code: ErrorCode): number => STATUS[code] ?? REFUSED_STATUS;

const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['UNAVAILABLE', 'STORAGE_FULL', 'RATE_LIMITED', 'READ_ONLY', 'INTERNAL']);
/** True for codes that say nothing of the command itself: a client sends the same again later. */
export const isPassing = (code: string): boolean => PASSING.has(code);

/** A problem whose code is one that we document. */
export type KnownProblem = Problem & { readonly code: ErrorCode };

/** What a stranger may be told of an error; null when only the request id. */
export function problemOf(error: unknown, requestId: string): KnownProblem | null {
  if (isDomainError(error)) return { code: error.code, message: error.message, requestId };
  if (isDatabaseAway(error)) return { code: 'UNAVAILABLE', message: 'The database cannot be reached. Try again in a moment.', requestId };
  const status = statusNumber(error);
  if (status === null) return null;
  if (status === 413) return { code: 'TOO_LARGE', message: 'The message is larger than MESSAGE_BYTES_MAX.', requestId };
  if (status === 404) return { code: 'NOT_FOUND', message: ERROR_CODES.NOT_FOUND, requestId };
  if (status >= 400 && status < 500) return { code: 'MALFORMED', message: messageOf(error), requestId };
  return null;
}

/** Status of an error of Express, its body parser or Nest. */
function statusNumber(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof HttpException) return error.getStatus();
  if ('status' in error && typeof error.status === 'number') return error.status;
  return null;
}

function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.parse.failed')
    return 'The body is not JSON.';
  return error instanceof Error ? error.message.slice(0, 300) : ERROR_CODES.MALFORMED;
}
