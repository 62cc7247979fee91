export const DATABASE_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_DATABASE_QUERY_TIMEOUT_MS = 60_000;
/** The server gives up first: its word ends a statement for good, ours leaves open what became of it. */
const SERVER_SHARE = 0.9;
const KEEP_ALIVE_FIRST_MS = 10_000;

/**
 * Limits of every connection to PostgreSQL. A host that vanishes without closing its connections (a power cut, a lost route)
 * answers nothing for many minutes as far as TCP is concerned: a query without an answer fails after `queryTimeoutMs`
 * as one of a database that is away. 0: no limit, for migrations.
 */
export function connectionLimits(queryTimeoutMs = DEFAULT_DATABASE_QUERY_TIMEOUT_MS) {
  const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_FIRST_MS };
  if (queryTimeoutMs === 0) return keepAlive;
  return { ...keepAlive, query_timeout: queryTimeoutMs, statement_timeout: Math.ceil(queryTimeoutMs * SERVER_SHARE) };
}
