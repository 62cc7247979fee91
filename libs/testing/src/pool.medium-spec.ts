import { createPool, inTransaction, isDatabaseAway } from '@app/platform';
import { expect, it } from '@jest/globals';
import { LineProxy } from './line-proxy.js';
import { testServices } from './services.js';

it('outlives the loss of a connection that somebody holds between two statements', async () => {
  const pool = createPool({ url: testServices().superUrl, name: 'held' });
  const held = await pool.connect();
  const { rows } = await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const lost = new Promise((resolve) => held.once('end', resolve));
  // Without a handler of its own the connection's `error` would end the process here.
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await lost;
  await expect(held.query('SELECT 1')).rejects.toThrow();
  held.release();
  expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

it('takes a server that falls silent for one that is away, inside a transaction too, and goes on when it is back', async () => {
  const target = new URL(testServices().superUrl);
  const line = new LineProxy(Number(target.port));
  target.port = String(await line.listen());
  const pool = createPool({ url: target.href, name: 'silent', connectionsMax: 1, queryTimeoutMs: 2_000 });
  await pool.query('SELECT 1');
  const rowsOf = () => inTransaction(pool, async (client) => (await client.query<{ one: number }>('SELECT 1 AS one')).rows);
  line.silence();
  // The pool has one connection: the second call shows that the first one's has been given up.
  expect(isDatabaseAway(await failureOf(pool.query('SELECT 1')))).toBe(true);
  line.mend();
  expect(await rowsOf()).toEqual([{ one: 1 }]);
  line.silence();
  expect(isDatabaseAway(await failureOf(rowsOf()))).toBe(true);
  line.mend();
  expect(await rowsOf()).toEqual([{ one: 1 }]);
  await pool.end();
  await line.close();
});

it('ends a statement that takes too long at the server, so that nothing goes on behind its back', async () => {
  const pool = createPool({ url: testServices().superUrl, name: 'slow', queryTimeoutMs: 2_000 });
  expect(await failureOf(pool.query('SELECT pg_sleep(20)'))).toMatchObject({ code: '57014' });
  await pool.end();
});

it('rolls a transaction back that throws', async () => {
  const pool = createPool({ url: testServices().superUrl, name: 'rolled', connectionsMax: 1 });
  const work = inTransaction(pool, async (client) => {
    await client.query('CREATE TABLE never (n int)');
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect((await pool.query("SELECT to_regclass('never') AS found")).rows).toEqual([{ found: null }]);
  await pool.end();
});
