import { readVariable } from '../config/config.js';
import { migrate, type ClassList } from './data-source.js';

/**
 * A venue's deploy step of its own: brings the database at DATABASE_URL (as the schema's owner) up to date and prints what ran.
 * Throws without DATABASE_URL, and what a migration throws. `name`: shown in `pg_stat_activity`.
 */
export async function migrateStep(name: string, migrations: ClassList): Promise<void> {
  const url = readVariable('DATABASE_URL');
  if (url === undefined) throw new Error('DATABASE_URL is missing');
  const done = await migrate({ url, name, migrations });
  process.stdout.write(done.length === 0 ? 'nothing to migrate\n' : `${done.join('\n')}\n`);
}
