import { databaseUrl, withClient } from './postgres.mjs';

/**
 * Roles of a cluster. `gongping` owns the schema and runs migrations. `gongping_app` is what the processes work as: it may
 * read and write every table that a migration does not close to it (the log's `entry` is). `gongping_eraser` reads and may
 * only do what a migration grants it by name: delete parts of entries by order.
 */
export const ROLES = { owner: 'gongping', app: 'gongping_app', eraser: 'gongping_eraser' };

const literal = (text) => `'${text.replaceAll("'", "''")}'`;

/** Creates the roles, or gives existing ones these passwords. `passwords` is by key of {@link ROLES}. */
export async function ensureRoles(superUrl, passwords) {
  await withClient(superUrl('postgres'), async (client) => {
    for (const [key, role] of Object.entries(ROLES)) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(`${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN PASSWORD ${literal(passwords[key])}`);
    }
  });
}

/** Creates a database with its default rights, once; `template` copies another one (with its rights). */
export async function ensureDatabase(superUrl, name, template) {
  const created = await withClient(superUrl('postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount > 0) return false;
    await client.query(`CREATE DATABASE "${name}" OWNER ${ROLES.owner}${template === undefined ? '' : ` TEMPLATE "${template}"`}`);
    return true;
  });
  if (template === undefined) await grantDefaults(superUrl, name);
  return created;
}

async function grantDefaults(superUrl, name) {
  await withClient(superUrl(name), async (client) => {
    const future = `ALTER DEFAULT PRIVILEGES FOR ROLE ${ROLES.owner} IN SCHEMA public GRANT`;
    await client.query(`REVOKE ALL ON DATABASE "${name}" FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE "${name}" TO ${ROLES.app}, ${ROLES.eraser}`);
    await client.query(`ALTER SCHEMA public OWNER TO ${ROLES.owner}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${ROLES.app}, ${ROLES.eraser}`);
    await client.query(`${future} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${ROLES.app}`);
    await client.query(`${future} USAGE, SELECT ON SEQUENCES TO ${ROLES.app}`);
    await client.query(`${future} SELECT ON TABLES TO ${ROLES.eraser}`);
  });
}

/** Addresses of one database, by role. */
export const databaseUrls = (port, passwords, database) =>
  Object.fromEntries(Object.entries(ROLES).map(([key, user]) => [key, databaseUrl({ port, user, password: passwords[key], database })]));
