import { loadConfig } from '@app/platform';
import { createDatabase, type TestDatabase } from '@app/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';
import { createSite } from './app.js';

describe('a site over tables of another release', () => {
  let database: TestDatabase;
  afterEach(async () => database.drop());

  const started = async (migrations: typeof SITE_MIGRATIONS) => {
    database = await createDatabase(migrations);
    return createSite(
      loadConfig({
        VENUE_ID: 'sub-1',
        VENUE_ROLE: 'sub',
        INSTALLATION: 'gongping.example',
        PORT: '0',
        DATABASE_URL: database.url,
        MAIN_URL: 'http://127.0.0.1:9',
        PUBLIC_URL: 'http://127.0.0.1:7100',
        DATA_DIR: '/nonexistent',
        KEYS_FILE: '/nonexistent/keys.json',
        LOG_LEVEL: 'silent',
      }),
    );
  };

  it('does not start before its own migrations have run (SCHEMA_BEHIND)', async () => {
    await expect(started(SITE_MIGRATIONS.slice(0, -1))).rejects.toMatchObject({
      code: 'SCHEMA_BEHIND',
      message: expect.stringContaining(SITE_MIGRATIONS.at(-1)?.name ?? 'none'),
    });
  });

  it('does not start over a newer one (SCHEMA_AHEAD)', async () => {
    class Later1999999999999 {
      up(): Promise<void> {
        return Promise.resolve();
      }

      down(): Promise<void> {
        return Promise.resolve();
      }
    }
    await expect(started([...SITE_MIGRATIONS, Later1999999999999])).rejects.toMatchObject({
      code: 'SCHEMA_AHEAD',
      message: expect.stringContaining('Later1999999999999'),
    });
  });
});
