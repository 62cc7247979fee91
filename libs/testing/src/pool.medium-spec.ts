import { createPool } from '@app/platform';

import { expect, it } from '@jest/globals';
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
