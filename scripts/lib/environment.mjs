import { join } from 'node:path';

export const INSTALLATION = 'gongping.demo';

/** Under which rules lots are founded, where whoever starts a system says so (`FOUNDING_RULES=next`: those under development). */
export const foundingRules = () => (process.env.FOUNDING_RULES ? { FOUNDING_RULES: process.env.FOUNDING_RULES } : {});

/**
 * What every process of a system is told.
 * @param {import('./system.mjs').System} system
 */
export function baseEnvironment({ home, urls, env }) {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  // Compiled code is kept between starts: a third of a process's start is compiling its libraries.
  const own = {
    PATH,
    HOME,
    LANG,
    TMPDIR,
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: join(home, 'cache'),
    GONGPING_HOME: home,
    MAIN_URL: urls.main,
    INSTALLATION,
  };
  return Object.fromEntries(Object.entries({ ...own, ...env }).filter(([, value]) => value !== undefined));
}

/** And what a venue is told besides: who it is, where it listens, its database, folder and keys. */
export function venueEnvironment(system, { id, role }) {
  const { home, ports, urls, databases, redisUrl } = system;
  return {
    ...baseEnvironment(system),
    VENUE_ID: id,
    VENUE_ROLE: role,
    HOST: '127.0.0.1',
    PORT: String(ports[id]),
    DATABASE_URL: databases[id].app,
    PUBLIC_URL: urls[id],
    DATA_DIR: join(home, 'data', id),
    KEYS_FILE: join(home, 'keys', `${id}.json`),
    DEMO: '1',
    DEMO_DIR: join(home, 'demo'),
    // A site uses no Redis, and erases nothing.
    ...(role === 'main' ? { REDIS_URL: `${redisUrl}/0`, ERASER_DATABASE_URL: databases[id].eraser } : {}),
    ...(role === 'supervision' ? { MEDIA_WORKERS: '0' } : {}),
    ...system.env,
    ...system.venueEnv[id],
  };
}
