import type { JsonValue } from '@app/contracts';
import { zProblem } from '@app/contracts';

/** A refusal or failure with its documented code. `status` 0: no answer came. */
export class RequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string,
  ) {
    super(message);
    this.name = 'RequestError';
  }
  /** Whether the same request may succeed later without change. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500 || this.code === 'RATE_LIMITED';
  }
}

export const REQUEST_TIMEOUT_MS = 30_000;

export interface HttpOptions {
  readonly token?: string;
  readonly timeoutMs?: number;
}

/** One JSON request. Throws {@link RequestError} on anything but success. */
export async function requestJson(
  method: 'GET' | 'POST',
  url: string,
  body: JsonValue | undefined,
  options: HttpOptions = {},
): Promise<unknown> {
  const response = await exchange(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...authorisation(options) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS),
  });
  const text = await read(url, response.text());
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** One request with bytes in the answer. */
export async function requestBytes(url: string, options: HttpOptions = {}): Promise<Uint8Array> {
  const response = await exchange(url, {
    headers: authorisation(options),
    signal: AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS),
  });
  return new Uint8Array(await read(url, response.arrayBuffer()));
}

/** A request whose failure is a {@link RequestError}; other bodies than JSON are the caller's affair. */
export async function exchange(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw unanswered(url, error);
  }
  if (response.ok) return response;
  const problem = zProblem.safeParse(await response.json().catch(() => null));
  if (problem.success) throw new RequestError(problem.data.code, problem.data.message, response.status, problem.data.requestId);
  throw new RequestError('INTERNAL', `${new URL(url).host} answered ${response.status}`, response.status, '');
}

/** A body that breaks off in the middle (the venue was killed, the line cut) is no answer: the same request may be made again. */
async function read<T>(url: string, body: Promise<T>): Promise<T> {
  try {
    return await body;
  } catch (error) {
    throw unanswered(url, error);
  }
}

function unanswered(url: string, error: unknown): RequestError {
  const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : 'no answer';
  return new RequestError('UNAVAILABLE', `${new URL(url).host} can not be reached: ${reason}`, 0, '');
}

const authorisation = (options: HttpOptions): Record<string, string> =>
  options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
