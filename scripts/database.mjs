// Makes the database of one venue in a PostgreSQL that is there: a login for each purpose with a password of its own, and their rights; the
// addresses go into files that only you can read. Doing it again gives new passwords.
//   GONGPING_SUPER_URL_FILE=FILE node scripts/database.mjs DATABASE --out DIR [--eraser]     --eraser: for the main venue
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDatabase, ensureLogins, loginsOf } from './lib/databases.mjs';
import { makeFolder } from './lib/make-folder.mjs';
import { callerFolder } from './lib/paths.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const USAGE = 'Use: GONGPING_SUPER_URL_FILE=FILE node scripts/database.mjs DATABASE --out DIR [--eraser]';
/** Of its logins, PostgreSQL keeps 63 characters. */
const NAME = /^[a-z][a-z0-9_]{0,40}$/;

function superAddress() {
  const file = process.env.GONGPING_SUPER_URL_FILE;
  if (file === undefined || file === '') throw new Trouble('Nobody said where the PostgreSQL is.', USAGE);
  return new URL(readFileSync(file, 'utf8').trim());
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, eraser: { type: 'boolean', default: false } },
  });
  const [database, ...more] = positionals;
  if (database === undefined || !NAME.test(database) || more.length > 0 || values.out === undefined)
    throw new Trouble('A database is named by small letters, digits and _, and a folder for its addresses.', USAGE);
  const address = superAddress();
  const urlOf = (parts) => Object.assign(new URL(address), parts).href;
  const logins = loginsOf(database, ['owner', 'app', ...(values.eraser ? ['eraser'] : [])]);
  const passwords = Object.fromEntries(Object.values(logins).map((login) => [login, randomBytes(24).toString('hex')]));
  const superUrl = (name = 'postgres') => urlOf({ pathname: `/${name}` });
  await ensureLogins(superUrl, [{ logins }], passwords);
  await ensureDatabase(superUrl, database, logins);
  const folder = resolve(callerFolder(), values.out);
  makeFolder(folder);
  for (const [purpose, username] of Object.entries(logins)) {
    const file = join(folder, `${purpose}.url`);
    writeFileSync(file, `${urlOf({ pathname: `/${database}`, username, password: passwords[username] })}\n`, { mode: 0o600 });
    console.log(file);
  }
});
