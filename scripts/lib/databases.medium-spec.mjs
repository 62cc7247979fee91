import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { databaseUrls, ensureDatabase, ensureLogins, loginsOf } from './databases.mjs';
import { VENUES } from './layout.mjs';
import { withClient } from './postgres.mjs';

const { port, superUrl: superText } = JSON.parse(process.env.GONGPING_TEST_SERVICES);
const superUrl = (database = 'postgres') => Object.assign(new URL(superText), { pathname: `/${database}` }).href;
const asSuper = (sql) => withClient(superUrl(), (client) => client.query(sql));
const query = (url, sql) => withClient(url, async (client) => (await client.query(sql)).rows);

const tail = randomBytes(4).toString('hex');
const venue = (name, purposes) => ({ database: `doors_${name}_${tail}`, logins: loginsOf(`doors_${name}_${tail}`, purposes) });
const [main, site] = [venue('main', ['owner', 'app', 'eraser']), venue('site')];
const passwords = Object.fromEntries(
  [main, site].flatMap(({ logins }) => Object.values(logins)).map((login) => [login, randomBytes(8).toString('hex')]),
);
const urls = { main: databaseUrls(port, passwords, main), site: databaseUrls(port, passwords, site) };
const at = (url, { database }) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** As an installation before 0.3 left it: one owner and one application for every database, in tables that are there. */
async function makeFormer({ database }) {
  await asSuper(`CREATE DATABASE "${database}" OWNER gongping`);
  await withClient(superUrl(database), async (client) => {
    await client.query('ALTER SCHEMA public OWNER TO gongping');
    await client.query('SET ROLE gongping');
    await client.query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    await client.query('GRANT SELECT, INSERT, UPDATE, DELETE ON kept TO gongping_app');
    await client.query('RESET ROLE');
    await client.query(`REVOKE ALL ON DATABASE "${database}" FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE "${database}" TO gongping_app, gongping_eraser`);
  });
}

beforeAll(async () => {
  await asSuper("CREATE ROLE gongping LOGIN PASSWORD 'before'");
  await asSuper("ALTER ROLE gongping_app LOGIN PASSWORD 'before'");
  for (const each of [main, site]) await makeFormer(each);
  // Twice: a start that was broken off is done again.
  for (let time = 0; time < 2; time += 1) {
    await ensureLogins(superUrl, [main, site], passwords);
    for (const { database, logins } of [main, site]) expect(await ensureDatabase(superUrl, database, logins)).toBe(false);
  }
});
afterAll(async () => {
  for (const { database, logins } of [main, site]) {
    await asSuper(`DROP DATABASE "${database}" WITH (FORCE)`);
    for (const login of Object.values(logins)) await asSuper(`DROP ROLE ${login}`);
  }
  await asSuper('DROP ROLE gongping');
});

describe('SEC-17 the logins of an installation', () => {
  it('open data of before: the rows are there, the schema is the new owner’s', async () => {
    for (const { app, owner } of Object.values(urls)) {
      expect(await query(app, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
      await query(owner, 'ALTER TABLE kept ADD COLUMN more int; CREATE TABLE fresh (id int)');
      await query(app, 'INSERT INTO fresh VALUES (1)');
      await expect(query(app, 'DROP TABLE fresh')).rejects.toThrow(/must be owner/);
    }
  });

  it('open one database each', async () => {
    for (const url of Object.values(urls.main))
      await expect(query(at(url, site), 'SELECT 1')).rejects.toThrow(/permission denied for database/);
    for (const url of Object.values(urls.site))
      await expect(query(at(url, main), 'SELECT 1')).rejects.toThrow(/permission denied for database/);
    await expect(query(at(urls.main.owner, site), 'SELECT 1')).rejects.toThrow(/permission denied/);
    await expect(query(urls.main.owner, `DROP DATABASE "${site.database}"`)).rejects.toThrow(/must be owner/);
  });

  it('are not the ones of before: those open nothing any more', async () => {
    for (const role of ['gongping', 'gongping_app', 'gongping_eraser']) {
      const url = Object.assign(new URL(urls.main.app), { username: role, password: 'before' }).href;
      await expect(query(url, 'SELECT 1')).rejects.toThrow(/authentication failed|not permitted to log in/);
    }
  });

  it('have a password each, and the eraser is the main venue’s alone', () => {
    const given = VENUES.map(({ id, logins }) => [id, Object.keys(logins)]);
    expect(Object.fromEntries(given)).toEqual({
      main: ['owner', 'app', 'eraser'],
      'sub-1': ['owner', 'app'],
      'sub-2': ['owner', 'app'],
      supervision: ['owner', 'app'],
    });
    const all = VENUES.flatMap(({ logins }) => Object.values(logins));
    expect(new Set(all).size).toBe(all.length);
  });
});
