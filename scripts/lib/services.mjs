import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, ensureLogins, loginsOf } from './databases.mjs';
import { Keeper } from './keeper.mjs';
import { freePort } from './ports.mjs';
import { preparePostgres } from './postgres.mjs';
import { prepareRedis } from './redis.mjs';
import { endLeftovers, eraseHome, makeHome, recordRun, runningSystem } from './run-record.mjs';

const PREFIX = 'gongping-services-';
const YOUNG_MS = 60_000;
/** Every database of a test is copied from this one: roles and default rights are in it, nothing else. */
const BASE_DATABASE = 'gongping_base';
const LOGINS = loginsOf('gongping_test', ['owner', 'app', 'eraser']);

/** Test runs that were killed leave a folder and maybe processes; both go when the next run begins. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const home = join(tmpdir(), name);
    try {
      // A young folder may belong to a run that has not written its record yet.
      if (runningSystem(home) !== null || Date.now() - statSync(home).mtimeMs < YOUNG_MS) continue;
      await endLeftovers(home);
      eraseHome(home);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'EPERM') throw error; // another user's, or gone meanwhile
    }
  }
}

/**
 * A real PostgreSQL and a real Redis in a temporary folder on free ports, without fsync, for one run of tests.
 * @returns {Promise<{facts: {port: number, superUrl: string, baseDatabase: string, roles: object, passwords: object, redisUrl: string}, stop: () => Promise<void>}>}
 */
export async function startServices({ fsync = false } = {}) {
  await sweep();
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  makeHome(home);
  const secret = () => randomBytes(16).toString('hex');
  const passwords = { super: secret(), owner: secret(), app: secret(), eraser: secret(), redis: secret() };
  const [port, redisPort] = [await freePort(), await freePort()];
  const keepers = new Map();
  const keep = async (name, prepared) => {
    const keeper = new Keeper({ name, prepared, logFile: join(home, `${name}.log`), onChange: () => recordRun(home, keepers) });
    keepers.set(name, keeper);
    await keeper.start();
  };
  const stop = async () => {
    await Promise.all([...keepers.values()].map((keeper) => keeper.stop()));
    eraseHome(home);
  };
  try {
    const postgres = await preparePostgres({ folder: join(home, 'postgres'), port, fsync, superPassword: passwords.super });
    const redis = prepareRedis({ folder: join(home, 'redis'), port: redisPort, password: passwords.redis, durable: false });
    await Promise.all([keep('postgres', postgres), keep('redis', redis)]);
    const byLogin = Object.fromEntries(Object.entries(LOGINS).map(([purpose, login]) => [login, passwords[purpose]]));
    await ensureLogins(postgres.superUrl, [{ logins: LOGINS }], byLogin);
    await ensureDatabase(postgres.superUrl, BASE_DATABASE, LOGINS);
    const facts = { port, superUrl: postgres.superUrl(), baseDatabase: BASE_DATABASE, roles: LOGINS, passwords, redisUrl: redis.url };
    return { facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
