import type { StartCode } from '@app/contracts';
import pg from 'pg';
import { connectionLimits, DATABASE_CONNECT_TIMEOUT_MS } from './connection-limits.js';
import { isDatabaseAway } from './database-away.js';

/** The tables are not those that this release works with. The process does not start. */
class SchemaError extends Error {
  override readonly name = 'SchemaError';
  constructor(
    readonly code: Extract<StartCode, `SCHEMA_${string}`>,
    message: string,
  ) {
    super(message);
  }
}

/** A database that is starting is waited for, as TypeORM does. */
const DATABASE_ATTEMPTS_MAX = 10;
const DATABASE_RETRY_MS = 3_000;
export const MIGRATIONS_TABLE = 'migration';
const UNDEFINED_TABLE = '42P01';

/**
 * Throws {@link SchemaError} unless the database at `url` has had exactly `migrations`: with fewer, entities name columns that are not
 * there; with more, this release would write past what a newer one relies on. Throws what the driver says when the database stays away.
 */
export async function requireSchema(url: string, migrations: readonly { readonly name: string }[]): Promise<void> {
  const done = await whenThere(() => migrationsIn(url));
  const known = migrations.map(({ name }) => name);
  const ahead = done.filter((name) => !known.includes(name));
  // First, since a database with both must not be migrated by this release.
  if (ahead.length > 0)
    throw new SchemaError(
      'SCHEMA_AHEAD',
      `The database has migrations that this release does not know (${ahead.join(', ')}): it belongs to a newer release, or to another kind of ` +
        'venue. Start the release that it belongs to, or restore the backup that was made before the update.',
    );
  const behind = known.filter((name) => !done.includes(name));
  if (behind.length > 0)
    throw new SchemaError(
      'SCHEMA_BEHIND',
      `The database lacks migrations of this release (${behind.join(', ')}). Make a backup, run this venue's migrate.js with the owner's ` +
        'DATABASE_URL (docs/guide/operator.md, 2), then start again.',
    );
}

/** Names of the migrations that ran; none in an empty database. */
async function migrationsIn(connectionString: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: 'schema',
    connectionTimeoutMillis: DATABASE_CONNECT_TIMEOUT_MS,
    ...connectionLimits(),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    throw error;
  } finally {
    await client.end();
  }
}

async function whenThere<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error) || attempt === DATABASE_ATTEMPTS_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, DATABASE_RETRY_MS));
    }
}
