import { createPool } from '@app/platform';
import { StorageCipher } from '@app/sealing/node';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import { INSTALLATION, profile, storageKey } from '../../test/support/people.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { ActOrder } from './act-order.js';

const ONE = `${INSTALLATION}/lot/lot-1/1`;
const OTHER = `${INSTALLATION}/lot/lot-2/1`;

jest.setTimeout(60_000);

describe('acts of a lot', () => {
  let database: TestDatabase;
  let pools: Pool[];
  /** Two processes of one venue, with two connections each. */
  let processes: ActOrder[];
  beforeAll(async () => {
    database = await createDatabase(MAIN_MIGRATIONS);
    const acts = new SealedActs(profile, new StorageCipher(storageKey()), { storage: storageKey() });
    pools = ['one', 'two'].map((name) => createPool({ url: database.url, name, connectionsMax: 2 }));
    processes = pools.map((pool) => new ActOrder(acts, pool));
  });
  afterAll(async () => {
    for (const pool of pools) await pool.end();
    await database.drop();
  });

  /** Runs `count` works of a lot in each process and says how many ran side by side at most. */
  const sideBySide = async (count: number, lots: readonly string[]): Promise<number> => {
    let running = 0;
    let most = 0;
    const works = processes.flatMap((sut) =>
      Array.from({ length: count }, (_none, index) => {
        const lot = lots[index % lots.length] ?? ONE;
        return sut.inTurn(lot, `org-${String(index % 3)}`, () =>
          sut.locked(lot, async (client) => {
            running += 1;
            most = Math.max(most, running);
            await client.query('SELECT pg_sleep(0.01)');
            running -= 1;
          }),
        );
      }),
    );
    await Promise.all(works);
    return most;
  };

  it('are taken one after the other, in whichever process', async () => {
    expect(await sideBySide(20, [ONE])).toBe(1);
  });

  it('do not wait for another lot’s', async () => {
    expect(await sideBySide(20, [ONE, OTHER])).toBe(2);
  });

  it('take one connection of a process, however many wait', async () => {
    const [sut] = processes;
    const [pool] = pools;
    if (sut === undefined || pool === undefined) throw new Error('no process');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const works = Array.from({ length: 10 }, () => sut.inTurn(ONE, 'org', () => sut.locked(ONE, () => held)));
    expect((await pool.query('SELECT 1 AS answer')).rows).toEqual([{ answer: 1 }]);
    expect(sut.waiting(ONE)).toBe(10);
    release();
    await Promise.all(works);
    expect(sut.waiting(ONE)).toBe(0);
  });

  it('go on after one that failed', async () => {
    const [sut] = processes;
    if (sut === undefined) throw new Error('no process');
    const failed = sut.inTurn(ONE, 'org', () => Promise.reject(new Error('no')));
    const next = sut.inTurn(ONE, 'org', () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
