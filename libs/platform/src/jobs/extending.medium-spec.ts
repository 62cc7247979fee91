import { createLogger, createPool, inTransaction, SystemClock } from '@app/platform';
import { JobBook, JobsModule } from '@app/platform/jobs';
import type { TestDatabase } from '@app/testing';
import { createDatabase, testRedisUrl } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import { LETTER_JOBS, LetterSendProcessor } from './test/letter-send.processor.js';

const EXAMPLE = join(process.cwd(), 'libs/platform/src/jobs/test/letter-send.processor.ts');
const PAGE = join(process.cwd(), 'docs/extending.md');
const QUIET: Partial<NestApplicationOptions> = { logger: false, abortOnError: false };

/** Without indentation: the page shows a line of a map by itself. */
const plain = (text: string): string => text.replaceAll(/^ +/gm, '');

describe('docs/extending.md, a job', () => {
  jest.setTimeout(60_000);
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createDatabase(MAIN_MIGRATIONS);
    const owner = createPool({ url: database.ownerUrl, name: 'owner', connectionsMax: 1 });
    await owner.query('CREATE TABLE letter (id uuid PRIMARY KEY, receiver text NOT NULL, body text NOT NULL)');
    await owner.end();
    pool = createPool({ url: database.url, name: 'letters', connectionsMax: 4 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('shows the code that is run here', () => {
    const section = readFileSync(PAGE, 'utf8').split('\n## A job\n')[1]?.split('\n## ')[0] ?? '';
    const blocks = [...section.matchAll(/```ts\n([\s\S]*?)\n *```/g)].map((match) => match[1] ?? '');
    expect(blocks).toHaveLength(2);
    for (const block of blocks) expect(plain(readFileSync(EXAMPLE, 'utf8'))).toContain(plain(block));
  });

  it('is one line and one class: wanted in a transaction, done once after its commit', async () => {
    const jobs = JobsModule.forRootAsync({
      jobs: LETTER_JOBS,
      useFactory: () => ({
        pool,
        databaseUrl: database.url,
        redisUrl: testRedisUrl(),
        processName: 'letters',
        prefix: 'letters',
        clock: new SystemClock(),
        logger: createLogger({ name: 'letters', level: 'silent' }),
      }),
    });
    @Module({ imports: [jobs], providers: [{ provide: LetterSendProcessor, useFactory: () => new LetterSendProcessor(pool) }] })
    class LetterModule {}
    const app = await NestFactory.createApplicationContext(LetterModule, QUIET);
    try {
      const book = app.get<JobBook<typeof LETTER_JOBS>>(JobBook);
      const want = (): Promise<string> =>
        inTransaction(pool, (tx) => book.want(tx, 'letter:send', 'welcome/p-1', { to: 'p-1', text: 'welcome' }));
      const id = await want();
      while ((await book.find(id))?.state !== 'DONE') await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await want()).toBe(id);
      expect((await pool.query('SELECT * FROM letter')).rows).toEqual([{ id, receiver: 'p-1', body: 'welcome' }]);
    } finally {
      await app.close();
    }
  });
});
