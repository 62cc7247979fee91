import { databaseUrl, withClient } from './postgres.mjs';

/**
 * Groups that migrations give rights to; nobody logs in as one. `gongping_app`: what a venue's process may do, every table that no migration
 * closes to it. `gongping_eraser`: delete parts of entries by order, and read what that takes.
 */
const GROUPS = { app: 'gongping_app', eraser: 'gongping_eraser' };
/** Before 0.3 one role owned every database, and the groups were logins: data of then is handed over at the next start. */
const FORMER_OWNER = 'gongping';

/**
 * Who works with one database, by purpose: `owner` owns the schema and runs migrations, `app` is the venue's process, `eraser` the main
 * venue's only. Each is a login of this database alone.
 */
export const loginsOf = (database, purposes = ['owner', 'app']) =>
  Object.fromEntries(purposes.map((purpose) => [purpose, `${database}_${purpose}`]));

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const doesRoleExist = async (client, role) => (await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount > 0;

async function ensureRole(client, role, attributes) {
  await client.query(`${(await doesRoleExist(client, role)) ? 'ALTER' : 'CREATE'} ROLE ${role} ${attributes}`);
}

/** Creates the groups, and the logins of `databases`, or gives existing ones these passwords, which are by login. */
export async function ensureLogins(superUrl, databases, passwords) {
  await withClient(superUrl('postgres'), async (client) => {
    for (const group of Object.values(GROUPS)) await ensureRole(client, group, 'NOLOGIN PASSWORD NULL');
    if (await doesRoleExist(client, FORMER_OWNER)) await ensureRole(client, FORMER_OWNER, 'NOLOGIN PASSWORD NULL');
    for (const { logins } of databases)
      for (const [purpose, login] of Object.entries(logins)) {
        await ensureRole(client, login, `LOGIN PASSWORD ${literal(passwords[login])}`);
        if (purpose in GROUPS) await client.query(`GRANT ${GROUPS[purpose]} TO ${login}`);
      }
  });
}

/** Creates a database, once, and gives its own logins their default rights. True when it was not there. */
export async function ensureDatabase(superUrl, name, logins) {
  const found = await withClient(superUrl('postgres'), async (client) => {
    const { rows } = await client.query('SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1', [name]);
    if (rows.length === 0) await client.query(`CREATE DATABASE "${name}" OWNER ${logins.owner}`);
    return rows[0]?.owner ?? null;
  });
  await withClient(superUrl(name), async (client) => {
    if (found !== null && found !== logins.owner) await handOver(client, name, logins.owner);
    await grantDefaults(client, name, logins);
  });
  return found === null;
}

/** Databases belong to the cluster: those of the former owner go with the first one, and each comes to its own owner in its turn. */
async function handOver(client, name, owner) {
  if (await doesRoleExist(client, FORMER_OWNER)) await client.query(`REASSIGN OWNED BY ${FORMER_OWNER} TO ${owner}`);
  await client.query(`ALTER DATABASE "${name}" OWNER TO ${owner}`);
}

async function grantDefaults(client, name, logins) {
  const future = `ALTER DEFAULT PRIVILEGES FOR ROLE ${logins.owner} IN SCHEMA public`;
  const groups = Object.values(GROUPS).join(', ');
  await client.query(`REVOKE ALL ON DATABASE "${name}" FROM PUBLIC, ${groups}`);
  await client.query(`GRANT CONNECT ON DATABASE "${name}" TO ${Object.values(logins).join(', ')}`);
  await client.query(`ALTER SCHEMA public OWNER TO ${logins.owner}`);
  await client.query(`GRANT USAGE ON SCHEMA public TO ${groups}`);
  await client.query(`${future} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${GROUPS.app}`);
  await client.query(`${future} GRANT USAGE, SELECT ON SEQUENCES TO ${GROUPS.app}`);
}

/** Addresses of one database, by purpose. */
export const databaseUrls = (port, passwords, { database, logins }) =>
  Object.fromEntries(
    Object.entries(logins).map(([purpose, user]) => [purpose, databaseUrl({ port, user, password: passwords[user], database })]),
  );
