import { createDataSource } from '@app/platform/database';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type TestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import { REGISTRY_ENTITIES } from './entities.js';

/** The database is migrated before the first test. */
const BOOT_MS_MAX = 60_000;

describe('the entities of the registry', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(MAIN_MIGRATIONS);
  }, BOOT_MS_MAX);
  afterAll(async () => database.drop());

  const differences = async (): Promise<string[]> => {
    const dataSource = await createDataSource({ url: database.ownerUrl, name: 'drift', entities: REGISTRY_ENTITIES }).initialize();
    try {
      return (await dataSource.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    } finally {
      await dataSource.destroy();
    }
  };

  it('are what the migrations made', async () => {
    expect(await differences()).toEqual([]);
  });

  it('are all that there are', () => {
    const files = globSync('**/*.entity.ts', { cwd: join(import.meta.dirname, '..', '..', '..', '..'), exclude: ['node_modules'] });
    expect(REGISTRY_ENTITIES).toHaveLength(files.length);
  });

  it('are compared column by column: one that a migration forgot is found', async () => {
    const owner = await createDataSource({ url: database.ownerUrl, name: 'forget' }).initialize();
    await owner.query('ALTER TABLE organisation DROP COLUMN credit_code');
    await owner.destroy();
    expect((await differences()).join('\n')).toContain('credit_code');
  });
});
