import { createDatabase, type TestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { migrate } from './data-source.js';
import { requireSchema } from './require-schema.js';

class First1700000000001 {
  async up(query: QueryRunner): Promise<void> {
    await query.query('CREATE TABLE fact (id int)');
  }
}
class Second1700000000002 {
  async up(query: QueryRunner): Promise<void> {
    await query.query('ALTER TABLE fact ADD COLUMN name text');
  }
}
class Third1700000000003 extends Second1700000000002 {}

describe('the schema that a process starts over', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  }, 60_000);
  afterAll(async () => database.drop());

  it('is behind in an empty database: every migration is named, and what to run', async () => {
    const refusal = requireSchema(database.url, [First1700000000001, Second1700000000002]);
    await expect(refusal).rejects.toMatchObject({ name: 'SchemaError', code: 'SCHEMA_BEHIND' });
    await expect(refusal).rejects.toThrow(/First1700000000001, Second1700000000002.*migrate\.js/);
  });

  it('is behind by one, in step, and ahead by one: judged as the process, by the names on both sides', async () => {
    await migrate({ url: database.ownerUrl, name: 'test', migrations: [First1700000000001] });
    await expect(requireSchema(database.url, [First1700000000001, Second1700000000002])).rejects.toMatchObject({
      code: 'SCHEMA_BEHIND',
      message: expect.not.stringContaining('First1700000000001'),
    });
    await migrate({ url: database.ownerUrl, name: 'test', migrations: [First1700000000001, Second1700000000002] });
    await expect(requireSchema(database.url, [First1700000000001, Second1700000000002])).resolves.toBeUndefined();
    await expect(requireSchema(database.url, [First1700000000001])).rejects.toMatchObject({
      code: 'SCHEMA_AHEAD',
      message: expect.stringMatching(/Second1700000000002.*restore the backup/),
    });
  });

  it('is ahead, not behind, where it is both: this release must not migrate it', async () => {
    await expect(requireSchema(database.url, [First1700000000001, Third1700000000003])).rejects.toMatchObject({ code: 'SCHEMA_AHEAD' });
  });

  it('is not judged where the database does not let the process in', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    await expect(requireSchema(url.href, [First1700000000001])).rejects.toMatchObject({ code: '28P01' });
  });
});
