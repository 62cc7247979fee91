import type { DataSourceOptions, LoggerOptions } from 'typeorm';
import { DataSource } from 'typeorm';
import { connectionLimits, DATABASE_CONNECT_TIMEOUT_MS } from './connection-limits.js';
import { MIGRATIONS_TABLE } from './require-schema.js';
import { SnakeNamingStrategy } from './snake-naming.js';

/** Classes as a list: entities or migrations. */
export type ClassList = readonly (abstract new (...args: never[]) => object)[];

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly entities?: ClassList;
  readonly migrations?: ClassList;
  readonly poolSize?: number;
  /** See {@link connectionLimits}. */
  readonly queryTimeoutMs?: number;
  readonly logging?: LoggerOptions;
}

const DEFAULT_DATABASE_CONNECTIONS_MAX = 10;

/**
 * Options of a process's TypeORM connection. Nothing changes the schema by itself: `synchronize` and `migrationsRun` are off
 * everywhere, migrating is a step of its own, one transaction per migration.
 */
export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    applicationName: options.name,
    entities: [...(options.entities ?? [])],
    migrations: [...(options.migrations ?? [])],
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    migrationsRun: false,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? DEFAULT_DATABASE_CONNECTIONS_MAX,
    connectTimeoutMS: DATABASE_CONNECT_TIMEOUT_MS,
    extra: connectionLimits(options.queryTimeoutMs),
    logging: options.logging ?? false,
  };
}

/** A data source that is not connected yet: the caller owns it, `initialize()`s it and `destroy()`s it. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}

/** Runs what is pending and answers the names of the migrations that ran, in order. Closes its connection in any case. */
export async function migrate(options: DatabaseOptions): Promise<string[]> {
  const dataSource = await createDataSource({ ...options, poolSize: 1, queryTimeoutMs: 0 }).initialize();
  try {
    return (await dataSource.runMigrations()).map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}
