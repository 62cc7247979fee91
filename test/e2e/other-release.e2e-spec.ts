import { loadConfig } from '@app/platform';
import { createDatabase, type TestDatabase, testRedisUrl } from '@app/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createApp } from '../../apps/main-venue/src/app.js';
import { createSite } from '../../apps/sub-venue/src/app.js';
import { MAIN_MIGRATIONS } from '../../migrations/main/index.js';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';

class Later1999999999999 {
  up(): Promise<void> {
    return Promise.resolve();
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
/** Nothing of it is reached: the tables are looked at first. */
const NOWHERE = {
  INSTALLATION: 'gongping.example',
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:7100',
  DATA_DIR: '/nonexistent',
  KEYS_FILE: '/nonexistent/keys.json',
  LOG_LEVEL: 'silent',
};
const VENUES = [
  {
    name: 'a main venue',
    migrations: MAIN_MIGRATIONS,
    start: ({ url, eraserUrl }: TestDatabase) => {
      const databases = { DATABASE_URL: url, ERASER_DATABASE_URL: eraserUrl, REDIS_URL: testRedisUrl() };
      return createApp(loadConfig({ ...NOWHERE, ...databases, VENUE_ID: 'main', VENUE_ROLE: 'main' }));
    },
  },
  {
    name: 'a site',
    migrations: SITE_MIGRATIONS,
    start: ({ url }: TestDatabase) =>
      createSite(loadConfig({ ...NOWHERE, DATABASE_URL: url, VENUE_ID: 'sub-1', VENUE_ROLE: 'sub', MAIN_URL: 'http://127.0.0.1:9' })),
  },
];

describe.each(VENUES)('$name over tables of another release', ({ migrations, start }) => {
  let database: TestDatabase;
  afterEach(async () => database.drop());

  const started = async (ran: typeof migrations) => {
    database = await createDatabase(ran);
    return start(database);
  };

  it('does not start before its own migrations have run (SCHEMA_BEHIND)', async () => {
    await expect(started(migrations.slice(0, -1))).rejects.toMatchObject({
      code: 'SCHEMA_BEHIND',
      message: expect.stringContaining(migrations.at(-1)?.name ?? 'none'),
    });
  });

  it('does not start over a newer one (SCHEMA_AHEAD)', async () => {
    await expect(started([...migrations, Later1999999999999])).rejects.toMatchObject({
      code: 'SCHEMA_AHEAD',
      message: expect.stringContaining('Later1999999999999'),
    });
  });
});
