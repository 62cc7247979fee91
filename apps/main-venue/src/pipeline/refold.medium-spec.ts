import { createPool } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const BOOT_MS_MAX = 60_000;

describe('a log whose entries were put back', () => {
  let kit: Kit;
  let pool: Pool;
  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome).toMatchObject({ ok: true });
    pool = createPool({ url: kit.database.ownerUrl, name: 'refold' });
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await pool.end();
    await kit.close();
  });

  const listed = async (): Promise<unknown[]> => [
    (await pool.query('SELECT * FROM lot_summary ORDER BY log_id')).rows,
    (await pool.query('SELECT * FROM lot_party ORDER BY log_id, party')).rows,
  ];

  it('is listed again as its entries say, whether it is in memory or not, and as often as it is asked for', async () => {
    const before = await listed();
    for (const isInMemory of [true, false, true]) {
      await pool.query("UPDATE lot_summary SET status = 'OLD'");
      await pool.query('DELETE FROM lot_party');
      const sut = isInMemory ? kit.process : await kit.another({ pool });
      await sut.refolder.refold(ORIGIN);
      expect(await listed()).toEqual(before);
    }
  });

  it('is left alone when there is no such log', async () => {
    const before = await listed();
    await kit.process.refolder.refold('gongping.test/lot/none/1');
    await kit.process.refolder.refold('gongping.test/platform');
    expect(await listed()).toEqual(before);
  });
});
