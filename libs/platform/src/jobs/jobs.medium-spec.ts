import { createPool, DomainError, inTransaction } from '@app/platform';
import { jobId } from '@app/platform/jobs';
import type { TestDatabase } from '@app/testing';
import { createDatabase, startRedis, testRedisUrl } from '@app/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import type { JobsKit, JobsKitOptions, Work } from './test/jobs-kit.js';
import { isDead, isDone, nothing, processorOf, startJobs, workerOf } from './test/jobs-kit.js';

interface Word {
  readonly word: string;
}

const TEST_MS_MAX = 60_000;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('jobs', () => {
  jest.setTimeout(TEST_MS_MAX);
  let database: TestDatabase;
  let pool: Pool;
  const kits: JobsKit[] = [];
  const lines: string[] = [];

  const start = async (work: Work<Word>, more: Partial<JobsKitOptions> & { options?: object } = {}): Promise<JobsKit> => {
    const providers = [processorOf('test:do', work, more.options), processorOf('test:other', nothing)];
    const kit = await startJobs({ pool, databaseUrl: database.url, providers, lines, ...more });
    kits.push(kit);
    return kit;
  };
  const want = (kit: JobsKit, word: string, runAt?: string): Promise<string> =>
    kit.book.want(pool, 'test:do', `${word}-${randomUUID()}`, { word }, runAt === undefined ? {} : { runAt });
  const stop = async (kit: JobsKit): Promise<void> => {
    kits.splice(kits.indexOf(kit), 1);
    await kit.close();
  };

  beforeAll(async () => {
    database = await createDatabase(MAIN_MIGRATIONS);
    pool = createPool({ url: database.url, name: 'jobs-test', connectionsMax: 8 });
    const owner = createPool({ url: database.ownerUrl, name: 'owner', connectionsMax: 1 });
    await owner.query('CREATE TABLE effect (word text)');
    await owner.end();
  });
  beforeEach(async () => {
    lines.length = 0;
    await pool.query('DELETE FROM job; DELETE FROM effect; DELETE FROM job_beat');
  });
  afterEach(async () => {
    for (const kit of [...kits]) await stop(kit);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('does what a committed transaction wanted, and nothing of one that was rolled back', async () => {
    const done: string[] = [];
    const kit = await start(({ word }) => nothing(done.push(word)));
    const id = await inTransaction(pool, (tx) => kit.book.want(tx, 'test:do', 'kept', { word: 'kept' }));
    const failed = inTransaction(pool, async (tx) => {
      await kit.book.want(tx, 'test:do', 'dropped', { word: 'dropped' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await kit.until(id, isDone);
    await sleep(200);
    expect(done).toEqual(['kept']);
    expect(await kit.book.find(jobId('test:do', 'dropped'))).toBeNull();
  });

  it('is one job by name and key, however often and by whomever it is wanted, also after it was done', async () => {
    const done: string[] = [];
    const kit = await start(({ word }) => nothing(done.push(word)));
    const ids = await Promise.all(['a', 'b', 'c'].map((word) => kit.book.want(pool, 'test:do', 'same', { word })));
    expect(new Set(ids).size).toBe(1);
    await kit.until(ids[0]!, isDone);
    await kit.book.want(pool, 'test:do', 'same', { word: 'd' });
    await sleep(300);
    expect(done).toHaveLength(1);
  });

  it('runs at its time and not before', async () => {
    const at = Date.now() + 600;
    let ranAt = 0;
    const kit = await start(() => nothing((ranAt = Date.now())));
    await kit.until(await want(kit, 'later', new Date(at).toISOString()), isDone);
    expect(ranAt).toBeGreaterThanOrEqual(at);
  });

  it('tries a failure again with growing waits, and is dead after the last attempt, where somebody can try it again', async () => {
    const at: number[] = [];
    let isMended = false;
    const kit = await start(
      () => {
        at.push(Date.now());
        return isMended ? nothing() : Promise.reject(new Error('the line is dead'));
      },
      { options: { attemptsMax: 3, backOffFirstMs: 100 } },
    );
    const id = await want(kit, 'fails');
    const dead = await kit.until(id, isDead);
    expect(dead).toMatchObject({ attempts: 3, code: 'INTERNAL', error: 'the line is dead' });
    expect(at).toHaveLength(3);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(100);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(200);
    expect(lines.some((line) => line.includes('a job is dead'))).toBe(true);
    expect(await kit.service.health()).toMatchObject({ dead: 1 });
    const page = await kit.book.page({ state: 'DEAD', limit: 10 });
    expect(page.jobs.map((job) => job.id)).toEqual([id]);
    expect(page.queues.find(({ name }) => name === 'test:do')).toMatchObject({ dead: 1 });
    isMended = true;
    await kit.book.retry(id);
    expect(await kit.until(id, isDone)).toMatchObject({ attempts: 1, code: null, error: null });
    await expect(kit.book.retry(id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(kit.book.retry(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is dead at once when it is refused, since the same again gets the same refusal', async () => {
    let runs = 0;
    const kit = await start(() => {
      runs += 1;
      return Promise.reject(new DomainError('E_DRAW_EXHAUSTED', 'nobody is left'));
    });
    expect(await kit.until(await want(kit, 'refused'), isDead)).toMatchObject({ code: 'E_DRAW_EXHAUSTED', error: 'nobody is left' });
    expect(runs).toBe(1);
  });

  it('waits an outage out without counting it as an attempt', async () => {
    let runs = 0;
    const kit = await start(
      () => {
        runs += 1;
        return runs < 6 ? Promise.reject(new DomainError('UNAVAILABLE', 'the database is away')) : nothing();
      },
      { options: { attemptsMax: 2 } },
    );
    expect(await kit.until(await want(kit, 'outage'), isDone)).toMatchObject({ attempts: 1 });
    expect(runs).toBe(6);
  });

  it('comes again when it asks to, as often as it likes', async () => {
    let runs = 0;
    const kit = await start(() => Promise.resolve((runs += 1) < 5 ? { againInMs: 10 } : undefined), { options: { attemptsMax: 1 } });
    expect(await kit.until(await want(kit, 'again'), isDone)).toMatchObject({ attempts: 1 });
    expect(runs).toBe(5);
  });

  it('shows how far it is', async () => {
    let end: () => void = () => undefined;
    const kit = await start(async (_payload, context) => {
      await context.progress({ done: 1, total: 3 });
      await context.progress({ done: 2, total: 3 });
      await new Promise<void>((resolve) => (end = resolve));
      await context.progress({ done: 3, total: 3, report: { bad: ['line 2'] } });
      return undefined;
    });
    const id = await want(kit, 'long');
    await kit.until(id, (job) => job.progress?.done === 1);
    end();
    expect((await kit.until(id, isDone)).progress).toEqual({ done: 3, total: 3, report: { bad: ['line 2'] } });
  });

  it('buries what another build wanted: a payload that does not fit, a name that nobody knows', async () => {
    let runs = 0;
    const kit = await start(() => nothing((runs += 1)));
    const insert = `INSERT INTO job (id, name, key, payload, run_at, wanted_at) VALUES ($1, $2, 'k', '{"text": "old"}', now(), now())`;
    const [misfit, unknown] = [randomUUID(), randomUUID()];
    await pool.query(insert, [misfit, 'test:do']);
    await pool.query(insert, [unknown, 'test:gone']);
    expect(await kit.until(misfit, isDead)).toMatchObject({ code: 'JOB_MALFORMED', error: expect.stringContaining('word') });
    expect(await kit.until(unknown, isDead)).toMatchObject({ code: 'JOB_UNKNOWN' });
    expect(runs).toBe(0);
    await kit.until(await want(kit, 'next'), isDone);
  });

  it('ends in the transaction of its effect, which fails when the job was taken over', async () => {
    const kit = await start(async ({ word }, context) => {
      await inTransaction(pool, async (tx) => {
        await tx.query('INSERT INTO effect VALUES ($1)', [word]);
        // Another worker takes it over in the middle of the first run.
        if (context.attempt === 1) await pool.query('UPDATE job SET claim = claim + 1, lease_until = now() WHERE id = $1', [context.id]);
        await context.doneIn(tx);
      });
      return undefined;
    });
    const id = await want(kit, 'once');
    await kit.until(id, isDone);
    const { rows } = await pool.query('SELECT word FROM effect');
    expect(rows).toEqual([{ word: 'once' }]);
    expect((await kit.book.find(id))?.attempts).toBe(2);
  });

  it('keeps a job that takes longer than its lease, and tells its worker when it has lost it all the same', async () => {
    const seen: string[] = [];
    const kit = await start(
      async ({ word }, context) => {
        if (word === 'long') await sleep(900);
        else await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        seen.push(`${word} ${String(context.attempt)} ${context.signal.aborted ? 'lost' : 'held'}`);
        return undefined;
      },
      { options: { leaseMs: 300 } },
    );
    await kit.until(await want(kit, 'long'), isDone);
    const lost = await want(kit, 'lost');
    await kit.until(lost, (job) => job.state === 'RUNNING');
    await pool.query(`UPDATE job SET claim = claim + 1, state = 'DONE', done_at = now(), lease_until = NULL WHERE id = $1`, [lost]);
    while (seen.length < 2) await sleep(20);
    expect(seen).toEqual(['long 1 held', 'lost 1 lost']);
  });

  it('gives a job up whose worker is lost at every start', async () => {
    const kit = await start(nothing, { options: { attemptsMax: 3 } });
    const id = randomUUID();
    await pool.query(
      `INSERT INTO job (id, name, key, payload, run_at, wanted_at, state, attempts, claim, lease_until)
       VALUES ($1, 'test:do', 'killer', '{"word": "x"}', now(), now(), 'RUNNING', 3, 3, now())`,
      [id],
    );
    expect(await kit.until(id, isDead)).toMatchObject({ code: 'JOB_WORKER_LOST' });
  });

  it('finds what was wanted while nobody was there, what Redis has forgotten and what a dead worker held', async () => {
    const first = await start(nothing);
    const { prefix } = first;
    const far = await want(first, 'far', new Date(Date.now() + 3_000).toISOString());
    await sleep(300);
    await stop(first);
    const redis = new Redis(testRedisUrl());
    const keys = await redis.keys(`${prefix}:*`);
    expect(keys.length).toBeGreaterThan(0);
    await redis.del(...keys);
    redis.disconnect();
    await pool.query(
      `INSERT INTO job (id, name, key, payload, run_at, wanted_at, state, attempts, claim, lease_until)
       VALUES ($1, 'test:do', 'held', '{"word": "held"}', now(), now(), 'RUNNING', 1, 1, now() + interval '300 ms')`,
      [jobId('test:do', 'held')],
    );
    const done: string[] = [];
    const second = await start(({ word }) => nothing(done.push(word)), { prefix });
    await second.until(jobId('test:do', 'held'), isDone);
    await second.until(far, isDone);
    expect(done.sort()).toEqual(['far', 'held']);
  });

  it('loses no job whose row is being written when a worker comes to take it', async () => {
    const done: string[] = [];
    // Nothing is handed over twice here: a worker that let the job go would have lost it.
    const kit = await start(({ word }) => nothing(done.push(word)), { limits: { overdueMs: 600_000 } });
    const id = await want(kit, 'held', new Date(Date.now() + 500).toISOString());
    await sleep(200);
    await inTransaction(pool, async (other) => {
      await other.query('UPDATE job SET handed_at = now() WHERE id = $1 AND handed_at IS NOT NULL', [id]);
      await sleep(800);
      expect(done).toEqual([]);
    });
    await kit.until(id, isDone);
    expect(done).toEqual(['held']);
  });

  it('hands over again what stood in a queue that lost it, without the queue saying so', async () => {
    const kit = await start(nothing);
    const id = await want(kit, 'gone', new Date(Date.now() + 500).toISOString());
    await sleep(200);
    const redis = new Redis(testRedisUrl());
    await redis.del(`${kit.prefix}:test-do:delayed`, `${kit.prefix}:test-do:${id}`);
    redis.disconnect();
    await kit.until(id, isDone);
  });

  it('lets what runs end, or come again uncounted, when the process ends', async () => {
    const kit = await start(async ({ word }, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (word === 'stops') signal.throwIfAborted();
      return undefined;
    });
    const [ends, stops] = [await want(kit, 'ends'), await want(kit, 'stops')];
    for (const id of [ends, stops]) await kit.until(id, (job) => job.state === 'RUNNING');
    const { book } = kit;
    await stop(kit);
    expect(await book.find(ends)).toMatchObject({ state: 'DONE' });
    expect(await book.find(stops)).toMatchObject({ state: 'WAITING', attempts: 0 });
  });

  it('raises an alarm when a queue is silent, and says when it is served again', async () => {
    const kit = await start(nothing, { limits: { silenceMs: 600 } });
    await sleep(1_000);
    expect(await kit.service.health()).toEqual({ dead: 0, silent: [] });
    const worker = workerOf(kit, 'test:do');
    await worker.pause(true);
    while ((await kit.service.health()).silent.length === 0) await sleep(50);
    expect((await kit.service.health()).silent).toEqual(['test:do']);
    expect(lines.some((line) => line.includes('a queue is silent'))).toBe(true);
    await worker.resume();
    while ((await kit.service.health()).silent.length > 0) await sleep(50);
    expect(lines.some((line) => line.includes('served again'))).toBe(true);
  });

  it('pages through its jobs, newest first, each once', async () => {
    const kit = await start(nothing);
    const far = new Date(Date.now() + 3_600_000).toISOString();
    const ids = await Promise.all(Array.from({ length: 7 }, () => want(kit, 'page', far)));
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await kit.book.page({ name: 'test:do', limit: 3, ...(before === undefined ? {} : { before }) });
      seen.push(...page.jobs.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen.sort()).toEqual(ids.sort());
    await expect(kit.book.page({ before: 'yesterday', limit: 3 })).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('forgets done jobs after their time, and no others', async () => {
    await pool.query(
      `INSERT INTO job (id, name, key, payload, run_at, wanted_at, state, done_at) VALUES
        (gen_random_uuid(), 'test:do', 'old', '{}', now(), now(), 'DONE', now() - interval '100 days'),
        (gen_random_uuid(), 'test:do', 'new', '{}', now(), now(), 'DONE', now() - interval '80 days')`,
    );
    await pool.query(
      `INSERT INTO job (id, name, key, payload, run_at, wanted_at, state) VALUES
        (gen_random_uuid(), 'test:do', 'dead', '{}', now() - interval '200 days', now() - interval '200 days', 'DEAD')`,
    );
    await start(nothing);
    await sleep(400);
    const { rows } = await pool.query<{ key: string }>('SELECT key FROM job ORDER BY key');
    expect(rows.map(({ key }) => key)).toEqual(['dead', 'new']);
  });

  it('does not start when a job has no processor, or two, or a processor has no job', async () => {
    const other = processorOf('test:other', nothing);
    const startWith = (...providers: JobsKitOptions['providers']): Promise<JobsKit> =>
      startJobs({ pool, databaseUrl: database.url, providers });
    await expect(startWith(other)).rejects.toThrow('the job test:do has no processor');
    await expect(startWith(other, processorOf('test:do', nothing), processorOf('test:do', nothing))).rejects.toThrow(
      'the job test:do has 2 processors',
    );
    await expect(startWith(other, processorOf('test:do', nothing), processorOf('test:new', nothing))).rejects.toThrow(
      'does test:new, which is no name in the map of jobs',
    );
  });

  it('does not start on a Redis that evicts', async () => {
    const redis = await startRedis({ 'maxmemory-policy': 'allkeys-lru' });
    try {
      await expect(start(nothing, { redisUrl: redis.url })).rejects.toThrow('maxmemory-policy allkeys-lru');
    } finally {
      await redis.erase();
    }
  });

  it('ends while Redis is away, in bounded time', async () => {
    const redis = await startRedis();
    try {
      const kit = await start(nothing, { redisUrl: redis.url, limits: { closeMs: 500 } });
      await kit.until(await want(kit, 'before'), isDone);
      await redis.kill();
      await sleep(200);
      const begun = Date.now();
      await stop(kit);
      expect(Date.now() - begun).toBeLessThan(5_000);
    } finally {
      await redis.erase();
    }
  });

  it('starts without Redis, and does what waited when it is there', async () => {
    const redis = await startRedis();
    await redis.kill();
    try {
      const kit = await start(nothing, { redisUrl: redis.url });
      const id = await want(kit, 'waits');
      await sleep(300);
      expect(await kit.book.find(id)).toMatchObject({ state: 'WAITING' });
      await redis.start();
      await kit.until(id, isDone);
      await stop(kit);
    } finally {
      await redis.erase();
    }
  });
});
