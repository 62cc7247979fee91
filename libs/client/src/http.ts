import { type ErrorCode, type JsonValue, isErrorCode, zProblem } from '@app/contracts';
import type { z } from 'zod';

export interface RequestErrorFacts {
  /** HTTP status of the answer; 0: none came, or nothing was sent. */
  readonly status?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** A refusal or failure with its documented code, whoever found it: the server, the line, or this client before it sent anything. */
export class RequestError extends Error {
  readonly status: number;
  readonly requestId: string;

  constructor(
    readonly code: string,
    message: string,
    { status = 0, requestId = '', cause }: RequestErrorFacts = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RequestError';
    this.status = status;
    this.requestId = requestId;
  }
  /** Whether the same request may succeed later without change. */
  get isPassing(): boolean {
    return this.code === 'UNAVAILABLE' || this.status >= 500 || this.code === 'RATE_LIMITED';
  }
}

/** Whatever was thrown, as a request's failure: an error with a documented code keeps it, a foreign one is INTERNAL. */
export function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && isErrorCode(error.code))
    return new RequestError(error.code, error.message, { cause: error });
  return new RequestError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}

const REQUEST_TIMEOUT_MS = 30_000;

export interface HttpOptions {
  readonly token?: string;
  readonly timeoutMs?: number;
}
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One JSON request; an empty answer is null. Throws {@link RequestError} on anything but success. */
export async function requestJson(method: Method, url: string, body: JsonValue | undefined, options: HttpOptions = {}): Promise<unknown> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const text = await textOf(method, url, content, options);
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RequestError('MALFORMED', `answer of ${url}: not JSON`, { cause: error });
  }
}

/** One request with bytes in the answer. */
async function requestBytes(url: string, options: HttpOptions = {}): Promise<Uint8Array> {
  const response = await exchange(url, { headers: authorisation(options), signal: timeout(options) });
  return new Uint8Array(await read(url, response.arrayBuffer()));
}

/** A request whose failure is a {@link RequestError}; other bodies than JSON are the caller's affair. */
async function exchange(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw unanswered(url, error);
  }
  if (response.ok) return response;
  const { status } = response;
  const problem = zProblem.safeParse(await response.json().catch(() => null));
  if (problem.success) throw new RequestError(problem.data.code, problem.data.message, { status, requestId: problem.data.requestId });
  // Not our server's words: a proxy's, or a page of another program.
  throw new RequestError(CODE_OF_STATUS.get(status) ?? 'INTERNAL', `${hostOf(url)} answered ${status}`, { status });
}

const CODE_OF_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'UNAUTHENTICATED'],
  [404, 'NOT_FOUND'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'UNAVAILABLE'],
]);

/**
 * One server's addresses, for one person. `base` is empty in a page that the server itself sent; `token` is asked anew for each
 * request. Every answer is read by its schema; every failure is a {@link RequestError}, `MALFORMED` when the schema refuses the answer.
 */
export class HttpClient {
  constructor(
    private readonly base: string,
    private readonly token: () => string | null = () => null,
    private readonly timeoutMs = REQUEST_TIMEOUT_MS,
  ) {}

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return this.#json('GET', path, undefined, schema);
  }
  async post<S extends z.ZodType>(path: string, body: JsonValue, schema: S): Promise<z.output<S>> {
    return this.#json('POST', path, body, schema);
  }
  async put<S extends z.ZodType>(path: string, body: JsonValue, schema: S): Promise<z.output<S>> {
    return this.#json('PUT', path, body, schema);
  }
  /** `DELETE`; the answer is not read. */
  async remove(path: string): Promise<void> {
    await textOf('DELETE', this.base + path, {}, this.options());
  }
  /** `POST` of a file as it is; a large one over a slow line needs more time than other requests. */
  async send<S extends z.ZodType>(path: string, content: Blob, schema: S, timeoutMs = this.timeoutMs): Promise<z.output<S>> {
    const file = { headers: { 'content-type': 'application/octet-stream' }, body: content };
    const text = await textOf('POST', this.base + path, file, { ...this.options(), timeoutMs });
    return answerOf(path, schema, jsonOrNull(text));
  }
  /** `GET` of a file as it is; a large one over a slow line needs more time than other requests. */
  async download(path: string, timeoutMs = this.timeoutMs): Promise<Uint8Array> {
    return requestBytes(this.base + path, { ...this.options(), timeoutMs });
  }
  /** Bytes of a file that is served in ranges. */
  async size(path: string): Promise<number> {
    const options = this.options();
    const response = await exchange(this.base + path, { method: 'HEAD', headers: authorisation(options), signal: timeout(options) });
    return Number(response.headers.get('content-length'));
  }
  /**
   * The bytes `from` to before `to` of a file, until `signal` says that nobody waits for them any more. Throws what the other requests throw;
   * MALFORMED when another span came.
   */
  async range(path: string, { from, to }: { readonly from: number; readonly to: number }, signal: AbortSignal): Promise<Uint8Array> {
    const options = this.options();
    const headers = { ...authorisation(options), range: `bytes=${from}-${to - 1}` };
    const response = await exchange(this.base + path, { headers, signal: AbortSignal.any([signal, timeout(options)]) });
    const bytes = new Uint8Array(await read(path, response.arrayBuffer()));
    if (response.status === 206 && bytes.length === to - from) return bytes;
    throw new RequestError('MALFORMED', `answer of ${path}: not the bytes ${from} to ${to}`, { status: response.status });
  }

  options(): HttpOptions {
    const token = this.token();
    return { timeoutMs: this.timeoutMs, ...(token === null ? {} : { token }) };
  }

  async #json<S extends z.ZodType>(method: Method, path: string, body: JsonValue | undefined, schema: S): Promise<z.output<S>> {
    return answerOf(path, schema, await requestJson(method, this.base + path, body, this.options()));
  }
}

function answerOf<S extends z.ZodType>(path: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RequestError('MALFORMED', `answer of ${path}: ${result.error.issues[0]?.message ?? ''}`);
}

async function textOf(
  method: Method,
  url: string,
  { headers, body }: { readonly headers?: Record<string, string>; readonly body?: string | Blob },
  options: HttpOptions,
): Promise<string> {
  const response = await exchange(url, {
    method,
    headers: { accept: 'application/json', ...headers, ...authorisation(options) },
    ...(body === undefined ? {} : { body }),
    signal: timeout(options),
  });
  return read(url, response.text());
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
  return new RequestError('UNAVAILABLE', `${hostOf(url)} cannot be reached: ${reason}`, { cause: error });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const timeout = (options: HttpOptions): AbortSignal => AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
const hostOf = (url: string): string => (url.startsWith('/') ? 'the venue' : new URL(url).host);
const authorisation = (options: HttpOptions): Record<string, string> =>
  options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
