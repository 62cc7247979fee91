import { createDataSource } from '@app/platform/database';
import { createRedis } from '@app/platform/redis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { TestDatabase } from './database.js';
import { createDatabase } from './database.js';
import { testRedisUrl, testServices } from './services.js';

class CreateFact1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE fact (id int PRIMARY KEY, body text NOT NULL)');
    await runner.query('CREATE TABLE closed (id int PRIMARY KEY)');
    await runner.query('REVOKE UPDATE, DELETE ON closed FROM gongping_app');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE closed');
    await runner.query('DROP TABLE fact');
  }
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the test database', () => {
  let one: TestDatabase;
  let two: TestDatabase;

  beforeAll(async () => {
    [one, two] = await Promise.all([createDatabase([CreateFact1700000000000]), createDatabase([CreateFact1700000000000])]);
  });
  afterAll(async () => {
    await Promise.all([one.drop(), two.drop()]);
  });

  it('is migrated, and each suite has its own', async () => {
    await query(one.url, "INSERT INTO fact VALUES (1, 'one')");
    expect(await query(one.url, 'SELECT body FROM fact')).toEqual([{ body: 'one' }]);
    expect(await query(two.url, 'SELECT body FROM fact')).toEqual([]);
  });

  it('gives a process the rights it will have: rows yes, the schema no, what a migration closed no', async () => {
    await query(one.url, 'INSERT INTO closed VALUES (1)');
    await expect(query(one.url, 'UPDATE closed SET id = 2')).rejects.toThrow(/permission denied/);
    await expect(query(one.url, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(query(one.eraserUrl, 'DELETE FROM fact')).rejects.toThrow(/permission denied/);
  });

  it('knows which migrations ran and runs none twice', async () => {
    const dataSource = await createDataSource({ url: one.ownerUrl, name: 'test', migrations: [CreateFact1700000000000] }).initialize();
    expect(await dataSource.runMigrations()).toEqual([]);
    await dataSource.destroy();
  });

  it('is gone after drop', async () => {
    const third = await createDatabase();
    await third.drop();
    const rows = await query(testServices().superUrl, `SELECT 1 FROM pg_database WHERE datname = '${third.name}'`);
    expect(rows).toEqual([]);
  });
});

describe('the test Redis', () => {
  it('keeps what it is given and lets nobody in without the password', async () => {
    const redis = createRedis(testRedisUrl());
    await redis.set('fact', 'one', 'EX', 10);
    expect(await redis.get('fact')).toBe('one');
    await redis.quit();
    const address = new URL(testRedisUrl());
    address.password = '';
    const stranger = createRedis(address.href);
    await expect(stranger.get('fact')).rejects.toThrow(/NOAUTH/);
    stranger.disconnect();
  });
});
