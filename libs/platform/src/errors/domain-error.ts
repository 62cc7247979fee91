import type { ErrorCode } from '@app/contracts';

export interface DomainErrorOptions {
  /** Facts for the log and for the caller; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An expected refusal. Its code is one of `ERROR_CODES` and survives every border (HTTP, socket, job, venue line), where
 * `instanceof` does not. Edges translate it into a status or an ack; libs never throw a framework's exception.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** True for a refusal with this code; without a code, for any refusal. */
export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}
