import pg from 'pg';
import { connectionLimits } from './connection-limits.js';
import { isDatabaseAway } from './database-away.js';

export interface PoolFactoryOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly connectionsMax?: number;
  /** See {@link connectionLimits}. */
  readonly queryTimeoutMs?: number;
  /** A lost idle connection is told here; the next query opens another one. */
  readonly onError?: (error: Error) => void;
}

const DEFAULT_POOL_CONNECTIONS_MAX = 10;
const DEFAULT_POOL_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_POOL_IDLE_MS = 30_000;

/**
 * A bare pool for hot paths (the log's group commit, tiles, catching up), where an entity manager costs more than the query.
 * `int8` and `numeric` come as strings. The caller owns it and must `end()` it.
 */
export function createPool(options: PoolFactoryOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.name,
    max: options.connectionsMax ?? DEFAULT_POOL_CONNECTIONS_MAX,
    connectionTimeoutMillis: DEFAULT_POOL_CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: DEFAULT_POOL_IDLE_MS,
    ...connectionLimits(options.queryTimeoutMs),
  });
  // Without a handler a restart of PostgreSQL would end the process through the idle connections' `error` events.
  pool.on('error', options.onError ?? (() => undefined));
  // A connection that somebody holds (a transaction) tells its loss by its own event, besides failing the query under way.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws, and then what it threw is thrown. A
 * connection that cannot be rolled back is not used again.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isLost = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    isLost = isDatabaseAway(error);
    if (!isLost) await client.query('ROLLBACK').catch(() => (isLost = true));
    throw error;
  } finally {
    client.release(isLost);
  }
}
