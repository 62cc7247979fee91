import type { JsonValue } from '@app/contracts';
import type { z } from 'zod';
import { problemFrom, ProblemError } from './problem.js';

let bearer: string | null = null;
/** The session's token; null for the public. Set by the session store alone. */
export function useBearer(token: string | null): void {
  bearer = token;
}
export const currentBearer = (): string | null => bearer;

const TIMEOUT_MS = 15_000;

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: JsonValue): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bearer !== null) headers['authorization'] = `Bearer ${bearer}`;
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = jsonOrNull(text);
  if (!response.ok) throw problemFrom(parsed, response.status);
  return parsed;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function read<S extends z.ZodType>(schema: S, value: unknown, path: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ProblemError({ code: 'MALFORMED', message: `answer of ${path}: ${result.error.issues[0]?.message ?? ''}`, requestId: '' });
}

/** `GET`, its answer read by the schema. Throws {@link ProblemError}. */
export async function get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  return read(schema, await call('GET', path), path);
}

/** `POST`, its answer read by the schema. Throws {@link ProblemError}. */
export async function post<S extends z.ZodType>(path: string, body: JsonValue, schema: S): Promise<z.output<S>> {
  return read(schema, await call('POST', path, body), path);
}

/** `DELETE`; the answer is not read. */
export async function remove(path: string): Promise<void> {
  await call('DELETE', path);
}
