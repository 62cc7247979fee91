import { ERROR_CODES, zProblem, type ErrorCode, type Problem } from '@app/contracts';

/** A refusal or failure with a documented code; the screens say it in the reader's language by that code. */
export class ProblemError extends Error {
  readonly code: string;
  readonly requestId: string;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.requestId = problem.requestId;
  }
}

export const isKnownCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code);

/** Whatever was thrown, as a problem: a broken connection is `UNAVAILABLE`, a foreign error `INTERNAL`. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof TypeError) return new ProblemError({ code: 'UNAVAILABLE', message: error.message, requestId: '' }, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new ProblemError({ code: 'INTERNAL', message, requestId: '' }, { cause: error });
}

/** Body of a refused answer, or a stand-in when a proxy answered something else. */
export function problemFrom(body: unknown, status: number): ProblemError {
  const parsed = zProblem.safeParse(body);
  if (parsed.success) return new ProblemError(parsed.data);
  const code =
    status === 401
      ? 'UNAUTHENTICATED'
      : status === 404
        ? 'NOT_FOUND'
        : status === 502 || status === 503 || status === 504
          ? 'UNAVAILABLE'
          : 'INTERNAL';
  return new ProblemError({ code, message: `HTTP ${status}`, requestId: '' });
}
