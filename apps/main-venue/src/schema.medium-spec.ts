import { loadConfig } from '@app/platform';
import { createDatabase, type TestDatabase, testRedisUrl } from '@app/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import { createApp } from './app.js';

describe('a main venue over tables of another release', () => {
  let database: TestDatabase;
  afterEach(async () => database.drop());

  const started = async (migrations: typeof MAIN_MIGRATIONS) => {
    database = await createDatabase(migrations);
    return createApp(
      loadConfig({
        VENUE_ID: 'main',
        VENUE_ROLE: 'main',
        INSTALLATION: 'gongping.example',
        PORT: '0',
        DATABASE_URL: database.url,
        ERASER_DATABASE_URL: database.eraserUrl,
        REDIS_URL: testRedisUrl(),
        PUBLIC_URL: 'http://127.0.0.1:7100',
        DATA_DIR: '/nonexistent',
        KEYS_FILE: '/nonexistent/keys.json',
        LOG_LEVEL: 'silent',
      }),
    );
  };

  it('does not start before its own migrations have run (SCHEMA_BEHIND)', async () => {
    await expect(started(MAIN_MIGRATIONS.slice(0, -1))).rejects.toMatchObject({
      code: 'SCHEMA_BEHIND',
      message: expect.stringContaining(MAIN_MIGRATIONS.at(-1)?.name ?? 'none'),
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
    await expect(started([...MAIN_MIGRATIONS, Later1999999999999])).rejects.toMatchObject({
      code: 'SCHEMA_AHEAD',
      message: expect.stringContaining('Later1999999999999'),
    });
  });
});
