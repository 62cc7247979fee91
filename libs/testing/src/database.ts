import type { ClassList } from '@app/platform/database';
import { migrate } from '@app/platform/database';
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestServices } from './services.js';
import { testServices } from './services.js';

/** A database of one suite. The addresses differ by role, so that a test sees the rights that a process has. */
export interface TestDatabase {
  readonly name: string;
  /** What a process works as. */
  readonly url: string;
  /** Owner of the schema, as migrations run. */
  readonly ownerUrl: string;
  /** May delete parts of entries, where a migration grants it. */
  readonly eraserUrl: string;
  drop(): Promise<void>;
}

async function asSuper<T>(services: TestServices, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: services.superUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(services: TestServices, role: 'owner' | 'app' | 'eraser', database: string): string {
  return `postgres://${services.roles[role]}:${services.passwords[role]}@127.0.0.1:${String(services.port)}/${database}`;
}

/** Migrates a template once per run and list of migrations; a lock keeps two workers from doing it at the same time. */
async function templateOf(services: TestServices, migrations: ClassList): Promise<string> {
  if (migrations.length === 0) return services.baseDatabase;
  const text = migrations.map(String).join('\n');
  const name = `template_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  await asSuper(services, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return;
    const half = `${name}_new`;
    await client.query(`DROP DATABASE IF EXISTS "${half}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${half}" OWNER ${services.roles.owner} TEMPLATE "${services.baseDatabase}"`);
    await migrate({ url: urlOf(services, 'owner', half), name: 'test-template', migrations });
    await client.query(`ALTER DATABASE "${half}" RENAME TO "${name}"`);
  });
  return name;
}

/** A fresh database with these migrations in it: a copy of a template (about 30 ms). Call `drop()` in `afterAll`. */
export async function createDatabase(migrations: ClassList = []): Promise<TestDatabase> {
  const services = testServices();
  const template = await templateOf(services, migrations);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuper(services, async (client) => {
    // Copying needs the template to itself: the same lock as for making it.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    await client.query(`CREATE DATABASE "${name}" OWNER ${services.roles.owner} TEMPLATE "${template}"`);
  });
  return {
    name,
    url: urlOf(services, 'app', name),
    ownerUrl: urlOf(services, 'owner', name),
    eraserUrl: urlOf(services, 'eraser', name),
    drop: async () => {
      await asSuper(services, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}
